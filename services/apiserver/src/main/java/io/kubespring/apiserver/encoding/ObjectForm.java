package io.kubespring.apiserver.encoding;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.json.Json;
import io.kubespring.apimachinery.cbor.Cbor;
import io.kubespring.apimachinery.convert.Conversions;
import io.kubespring.apimachinery.protobuf.Protobuf;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.request.Representation;
import io.kubespring.apiserver.request.Representation.Encoding;
import io.kubespring.apiserver.request.Representation.Shape;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A form in which stored objects leave the server: a version, the object or its metadata only, an encoding. Equal forms
 * give equal bytes.
 *
 * @param kind of the endpoint
 * @param apiVersion of what is sent
 * @param kindName of what is sent
 * @param item whether it stands in a list, whose own kind says what it is
 */
public record ObjectForm(
        GroupVersionKind kind, String apiVersion, String kindName, boolean partial, Encoding encoding, boolean item) {

    private static final String PARTIAL = "PartialObjectMetadata";
    private static final List<String> TYPE = List.of("kind", "apiVersion");

    /** The form that a representation asks for; a Table is none. */
    public static ObjectForm of(ResourceType type, Representation wanted) {
        boolean partial = wanted.shape() != Shape.OBJECT;
        return new ObjectForm(
                type.kind(),
                partial ? wanted.metaApiVersion() : type.apiVersion(),
                partial ? PARTIAL : type.kind().kind(),
                partial,
                wanted.encoding(),
                false);
    }

    /** The form of a list's items: protobuf's and metadata's are what they are alone. */
    ObjectForm ofItems() {
        return partial || encoding == Encoding.PROTOBUF
                ? this
                : new ObjectForm(kind, apiVersion, kindName, false, encoding, true);
    }

    /** The object, changed to what it is in a list, whose own kind says what it is. */
    public static ObjectNode asItem(ObjectNode object) {
        return object.remove(TYPE);
    }

    /** Whether it is the stored bytes themselves. */
    public boolean stored() {
        return encoding == Encoding.JSON && !partial && Conversions.isStored(kind);
    }

    /** An object as it stands in a list: without what marks a document of the encoding. */
    public byte[] content(StoredObject object, long emittedRevision) {
        return encoded(json(object, emittedRevision));
    }

    /** The same of an object that is no stored one; its JSON must be of this form already. */
    public byte[] encoded(byte[] json) {
        return switch (encoding) {
            case JSON -> json;
            case PROTOBUF -> Protobuf.message(json, apiVersion, kindName);
            case CBOR -> Cbor.item(json);
            case YAML -> throw new IllegalArgumentException(encoding + " is made of whole documents");
        };
    }

    /** A whole document of a {@link #content}. */
    public byte[] document(byte[] content) {
        return switch (encoding) {
            case JSON -> content;
            case PROTOBUF -> Protobuf.enveloped(content, apiVersion, kindName);
            case CBOR -> Cbor.document(content);
            case YAML -> throw new IllegalArgumentException(encoding + " is made of whole documents");
        };
    }

    byte[] json(StoredObject object, long emittedRevision) {
        if (partial) {
            byte[] metadata = object.metadataJson(emittedRevision);
            var out = new ByteArrayOutputStream(metadata.length + 96);
            out.writeBytes(("{\"kind\":\"" + kindName + "\",\"apiVersion\":\"" + apiVersion + "\",\"metadata\":")
                    .getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(metadata);
            out.write('}');
            return out.toByteArray();
        }
        if (Conversions.isStored(kind)) {
            return item ? object.itemJson() : object.json(emittedRevision);
        }
        ObjectNode converted = Conversions.convert(object.tree(emittedRevision), kind);
        return Json.write(item ? asItem(converted) : converted);
    }
}
