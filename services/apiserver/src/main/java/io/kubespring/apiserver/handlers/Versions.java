package io.kubespring.apiserver.handlers;

import io.kubespring.apimachinery.convert.Conversions;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.request.Representation;
import io.kubespring.apiserver.request.Representation.Encoding;
import io.kubespring.apiserver.request.Representation.Shape;
import tools.jackson.databind.node.ObjectNode;

/** Stored objects in the version that a request is about. For nearly all kinds that is the one they are stored in. */
final class Versions {

    private Versions() {}

    /** Whether the stored bytes are the answer. */
    static boolean asStored(Call call, Representation representation) {
        return representation.encoding() == Encoding.JSON
                && representation.shape() == Shape.OBJECT
                && Conversions.isStored(call.type().kind());
    }

    static ObjectNode tree(Call call, StoredObject object) {
        return tree(call, object, object.revision());
    }

    static ObjectNode tree(Call call, StoredObject object, long emittedRevision) {
        return Conversions.convert(object.tree(emittedRevision), call.type().kind());
    }
}
