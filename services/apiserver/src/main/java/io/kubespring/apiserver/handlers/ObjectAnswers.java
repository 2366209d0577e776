package io.kubespring.apiserver.handlers;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.encoding.Encodings;
import io.kubespring.apiserver.encoding.ObjectForm;
import io.kubespring.apiserver.registry.WriteResult;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.Representation;
import io.kubespring.apiserver.request.Representation.Encoding;
import io.kubespring.apiserver.request.Representation.Shape;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One object as the client wants it: itself, a Table of one row, or its metadata only. Encodings that a shared form does
 * not give are made of the JSON at the end of the answer's way.
 */
public final class ObjectAnswers {

    private final Tables tables;
    private final Encodings encodings;

    public ObjectAnswers(Tables tables, Encodings encodings) {
        this.tables = tables;
        this.encodings = encodings;
    }

    /** From the cache; only a Table and another version need a tree. */
    public ApiResponse stored(Call call, StoredObject object, Representation representation) {
        if (Versions.asStored(call, representation)) {
            return ApiResponse.json(200, object.json());
        }
        checkShape(call.type().kind(), representation);
        if (representation.shape() == Shape.TABLE || representation.encoding() == Encoding.YAML) {
            return object(200, call, Versions.tree(call, object), representation);
        }
        var form = ObjectForm.of(call.type(), representation);
        return new ApiResponse.Bytes(200, form.encoding().mediaType(), List.of(), encodings.document(object, form));
    }

    public ApiResponse object(int status, Call call, ObjectNode object, Representation representation) {
        return object(status, call, call.type().kind(), object, representation);
    }

    /** @param kind what a subresource has in place of the resource's kind */
    public ApiResponse object(
            int status, Call call, GroupVersionKind kind, ObjectNode object, Representation representation) {
        checkShape(kind, representation);
        return ApiResponse.json(
                status,
                switch (representation.shape()) {
                    case OBJECT -> object;
                    case TABLE -> tables.of(call, kind, representation, object);
                    case PARTIAL_METADATA, PARTIAL_METADATA_LIST -> partial(object, representation);
                });
    }

    /** A few objects that were made for the request. */
    public ApiResponse list(Call call, List<ObjectNode> objects, Representation representation) {
        if (representation.shape() == Shape.TABLE) {
            return ApiResponse.json(200, tables.of(call, representation, objects, Json.object()));
        }
        boolean partial = representation.shape() != Shape.OBJECT;
        ObjectNode list = Json.object()
                .put("kind", partial ? "PartialObjectMetadataList" : call.type().listKind())
                .put(
                        "apiVersion",
                        partial ? representation.metaApiVersion() : call.type().apiVersion());
        list.putObject("metadata");
        var items = list.putArray("items");
        objects.forEach(each -> items.add(partial ? partial(each, representation) : ObjectForm.asItem(each)));
        return ApiResponse.json(200, list);
    }

    public ApiResponse written(int status, Call call, WriteResult result, Representation representation) {
        return object(status, call, result.object(), representation).warned(result.warnings());
    }

    /** As {@link #written(int, Call, WriteResult, Representation)} of a subresource that is another kind. */
    public ApiResponse written(
            int status,
            Call call,
            GroupVersionKind kind,
            ObjectNode object,
            List<String> warnings,
            Representation representation) {
        return object(status, call, kind, object, representation).warned(warnings);
    }

    private static void checkShape(GroupVersionKind kind, Representation representation) {
        if (representation.shape() == Shape.PARTIAL_METADATA_LIST) {
            throw new StatusException(
                    StatusReason.NOT_ACCEPTABLE,
                    "you requested PartialObjectMetadataList, but the requested object is not a list ("
                            + goType(kind, kind.kind()) + ")");
        }
    }

    /** What Go calls the type of an object: "*core.Pod". */
    static String goType(GroupVersionKind kind, String name) {
        int dot = kind.group().indexOf('.');
        String label = kind.group().isEmpty()
                ? "core"
                : dot < 0 ? kind.group() : kind.group().substring(0, dot);
        return "*" + label + "." + name;
    }

    /** What is only ever posted has no Table. */
    public static ApiResponse answer(Call call, GroupVersionKind kind, ObjectNode object, List<String> warnings) {
        Representation representation = question(call);
        checkShape(kind, representation);
        boolean whole = representation.shape() == Shape.OBJECT;
        return ApiResponse.json(201, whole ? object : partial(object, representation))
                .warned(warnings);
    }

    /** @throws StatusException 406 where its answer cannot be had as it is wanted */
    public static Representation question(Call call) {
        Representation representation = call.representation();
        return representation.shape() == Shape.TABLE ? call.accepted().plain() : representation;
    }

    static ObjectNode partial(ObjectNode object, Representation representation) {
        ObjectNode partial =
                Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", representation.metaApiVersion());
        JsonNode metadata = object.get("metadata");
        if (metadata != null) {
            partial.set("metadata", metadata);
        }
        return partial;
    }
}
