package io.kubespring.apiserver.handlers;

import io.kubespring.api.error.StatusException;
import io.kubespring.apimachinery.decode.ObjectDecoder;
import io.kubespring.apimachinery.protobuf.Protobuf;
import io.kubespring.apiserver.request.DeleteOptions;
import io.kubespring.apiserver.request.MediaTypes;
import io.kubespring.apiserver.request.QueryParameters;
import java.util.ArrayList;
import tools.jackson.databind.node.ObjectNode;

/** Reads the optional body of a DELETE. */
final class DeleteBodies {

    private DeleteBodies() {}

    static DeleteOptions options(byte[] body, String mediaType, QueryParameters query) {
        if (body.length == 0) {
            return DeleteOptions.of(query);
        }
        ObjectNode tree = mediaType.equals(MediaTypes.PROTOBUF)
                ? Protobuf.decode(body)
                : ObjectDecoder.parse(body, mediaType, new ArrayList<>(0));
        String kind = tree.path("kind").asString("DeleteOptions");
        if (!kind.equals("DeleteOptions")) {
            throw StatusException.badRequest("decoded object cannot be converted to DeleteOptions");
        }
        return DeleteOptions.of(tree, query);
    }
}
