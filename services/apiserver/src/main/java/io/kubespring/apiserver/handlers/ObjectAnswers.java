package io.kubespring.apiserver.handlers;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.registry.WriteResult;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.Representation;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One object as the client wants it: itself, a Table of one row, or its metadata only. */
public final class ObjectAnswers {

    private final Tables tables;

    public ObjectAnswers(Tables tables) {
        this.tables = tables;
    }

    /** From the cache; the plain JSON form never becomes a tree. */
    public ApiResponse stored(Call call, StoredObject object, Representation representation) {
        return Versions.asStored(call, representation)
                ? ApiResponse.json(200, object.json())
                : object(200, call, Versions.tree(call, object), representation);
    }

    public ApiResponse object(int status, Call call, ObjectNode object, Representation representation) {
        return switch (representation.shape()) {
            case OBJECT -> Answers.tree(status, object, representation);
            case TABLE ->
                Answers.tree(status, tables.of(call, List.of(object), object.path("metadata")), representation);
            case PARTIAL_METADATA -> Answers.tree(status, partial(object), representation);
        };
    }

    /** After a write. What was encoded for the store is the answer as well, in the plain JSON form. */
    public ApiResponse written(int status, Call call, WriteResult result, Representation representation) {
        byte[] stored = result.stored();
        ApiResponse answer = stored != null && Versions.asStored(call, representation)
                ? ApiResponse.json(status, StoredObject.json(stored, result.revision()))
                : object(status, call, result.object(), representation);
        return Answers.warned(answer, result.warnings());
    }

    static ObjectNode partial(ObjectNode object) {
        ObjectNode partial = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        JsonNode metadata = object.get("metadata");
        if (metadata != null) {
            partial.set("metadata", metadata);
        }
        return partial;
    }
}
