package io.kubespring.apiserver.subresources;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.schema.Schema;
import io.kubespring.apimachinery.structural.StructuralChecker;
import io.kubespring.apiserver.handlers.Call;
import io.kubespring.apiserver.request.ObjectBodies;
import java.util.ArrayList;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Reads and checks the body of a subresource. */
final class Bodies {

    private Bodies() {}

    /** The same of what is only ever posted: its answer has one shape, so 406 comes first where that is not accepted. */
    static Mono<ObjectNode> question(Call call, GroupVersionKind kind, Schema schema) {
        call.accepted().plain();
        return read(call, kind, schema);
    }

    /** The body as an object of {@code kind}; 400 where it is another. */
    static Mono<ObjectNode> read(Call call, GroupVersionKind kind, Schema schema) {
        String mediaType = call.bodyType();
        return call.request().body().defaultIfEmpty(new byte[0]).map(bytes -> {
            ObjectNode body = ObjectBodies.read(bytes, mediaType, new ArrayList<>(0), kind.kind());
            String found = body.path("kind").asString(kind.kind());
            if (!found.equals(kind.kind())) {
                throw StatusException.badRequest(found + " in version \""
                        + body.path("apiVersion").asString("") + "\" cannot be handled as a " + kind.kind());
            }
            StructuralChecker.check(body, schema, kind);
            body.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
            return body;
        });
    }
}
