package io.kubespring.apiserver.request;

import io.kubespring.api.error.StatusException;
import io.kubespring.apimachinery.cbor.Cbor;
import io.kubespring.apimachinery.decode.ObjectDecoder;
import io.kubespring.apimachinery.protobuf.Protobuf;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Reads a body that is a whole object, in any encoding. */
public final class ObjectBodies {

    private ObjectBodies() {}

    /**
     * @param mediaType as {@link Negotiation#bodyType} gives it
     * @param duplicates receives the paths of fields that stand more than once, where the encoding can have them
     * @param expectedKind for the error's text
     * @throws StatusException 400 where the body is no object
     */
    public static ObjectNode read(byte[] body, String mediaType, List<String> duplicates, String expectedKind) {
        return switch (mediaType) {
            case Protobuf.MEDIA_TYPE -> Protobuf.decode(body);
            case Cbor.MEDIA_TYPE -> Cbor.decode(body, expectedKind);
            default -> ObjectDecoder.parse(body, mediaType, duplicates, expectedKind);
        };
    }
}
