package io.kubespring.apiserver.subresources;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.schema.Schema;
import io.kubespring.apimachinery.decode.DuplicateFields;
import io.kubespring.apimachinery.structural.StructuralChecker;
import io.kubespring.apiserver.handlers.Call;
import io.kubespring.apiserver.registry.FieldChecks;
import io.kubespring.apiserver.request.FieldValidation;
import io.kubespring.apiserver.request.ObjectBodies;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
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

    /** The same, with what is unknown or twice in the body treated as asked for. */
    static Mono<ObjectNode> question(
            Call call, GroupVersionKind kind, Schema schema, FieldValidation validation, List<String> warnings) {
        call.accepted().plain();
        return read(
                call,
                kind,
                schema,
                (duplicates, problems) -> FieldChecks.report(
                        DuplicateFields.sentences(duplicates), problems, validation, kind, null, warnings));
    }

    /** The body as an object of {@code kind}; 400 where it is another. */
    static Mono<ObjectNode> read(Call call, GroupVersionKind kind, Schema schema) {
        return read(call, kind, schema, (duplicates, problems) -> {});
    }

    private static Mono<ObjectNode> read(
            Call call, GroupVersionKind kind, Schema schema, BiConsumer<List<String>, List<String>> report) {
        String mediaType = call.bodyType();
        return call.request().body().defaultIfEmpty(new byte[0]).map(bytes -> {
            List<String> duplicates = new ArrayList<>(0);
            ObjectNode body = ObjectBodies.read(bytes, mediaType, duplicates, kind.kind());
            String found = body.path("kind").asString(kind.kind());
            if (!found.equals(kind.kind())) {
                throw StatusException.badRequest(found + " in version \""
                        + body.path("apiVersion").asString("") + "\" cannot be handled as a " + kind.kind());
            }
            report.accept(
                    duplicates,
                    StructuralChecker.check(body, schema, kind, DuplicateFields.paths(duplicates))
                            .problems());
            body.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
            return body;
        });
    }
}
