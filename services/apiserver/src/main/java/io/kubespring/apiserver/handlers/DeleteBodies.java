package io.kubespring.apiserver.handlers;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.registry.KindCheck;
import io.kubespring.apiserver.request.DeleteOptions;
import io.kubespring.apiserver.request.ObjectBodies;
import java.util.ArrayList;
import tools.jackson.databind.node.ObjectNode;

/** Reads the optional body of a DELETE. */
final class DeleteBodies {

    private DeleteBodies() {}

    /** An empty body may be of any media type. */
    static DeleteOptions options(Call call, byte[] body) {
        if (body.length == 0) {
            return DeleteOptions.of(call.request().query());
        }
        ObjectNode tree = ObjectBodies.read(body, call.bodyType(), new ArrayList<>(0), "");
        String kind = tree.path("kind").asString("DeleteOptions");
        if (!kind.equals("DeleteOptions")) {
            throw StatusException.badRequest(
                    KindCheck.unregistered(kind, tree.path("apiVersion").asString("")));
        }
        return DeleteOptions.of(tree);
    }
}
