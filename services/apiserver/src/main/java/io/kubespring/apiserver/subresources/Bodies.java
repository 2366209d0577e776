package io.kubespring.apiserver.subresources;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.schema.Schema;
import io.kubespring.apimachinery.decode.DuplicateFields;
import io.kubespring.apimachinery.structural.StructuralChecker;
import io.kubespring.apiserver.handlers.Call;
import io.kubespring.apiserver.handlers.ObjectAnswers;
import io.kubespring.apiserver.registry.FieldChecks;
import io.kubespring.apiserver.registry.KindCheck;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.FieldValidation;
import io.kubespring.apiserver.request.ObjectBodies;
import io.kubespring.apiserver.request.WriteOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Reads and checks the body of a subresource. */
final class Bodies {

    /** Groups that a Scale once was of. */
    private static final Set<String> SCALES = Set.of("apps", "extensions");

    private Bodies() {}

    /**
     * What is only ever posted, and answered with 201. Its answer has one shape, so 406 comes first where that is not
     * accepted.
     *
     * @param answer of the body and the options
     */
    static Mono<ApiResponse> question(
            Call call,
            GroupVersionKind kind,
            Schema schema,
            BiFunction<ObjectNode, WriteOptions, Mono<ObjectNode>> answer) {
        ObjectAnswers.question(call);
        var request = call.request();
        WriteOptions options = WriteOptions.parse(
                "CreateOptions", request.query(), request.headers().first("user-agent"), false);
        List<String> warnings = new ArrayList<>(0);
        return read(call, kind, schema, options.fieldValidation(), warnings)
                .flatMap(body -> answer.apply(body, options))
                .onErrorMap(StatusException.class, refused -> refused.warning(warnings))
                .map(tree -> ObjectAnswers.answer(call, kind, tree, warnings));
    }

    /**
     * The body as an object of {@code kind}; 400 where it is another.
     *
     * @param warnings receives what is known of no field
     */
    static Mono<ObjectNode> read(
            Call call, GroupVersionKind kind, Schema schema, FieldValidation validation, List<String> warnings) {
        String mediaType = call.bodyType();
        return call.request().body().defaultIfEmpty(new byte[0]).map(bytes -> {
            List<String> duplicates = new ArrayList<>(0);
            ObjectNode body = ObjectBodies.read(bytes, mediaType, duplicates, kind.kind());
            KindCheck.check(body, kind, Bodies::known);
            List<String> problems = StructuralChecker.check(body, schema, kind, DuplicateFields.paths(duplicates))
                    .problems();
            FieldChecks.report(DuplicateFields.sentences(duplicates), problems, validation, kind, null, warnings);
            return body;
        });
    }

    private static boolean known(GroupVersionKind kind) {
        return Catalog.builtIn().byKind(kind) != null || kind.kind().equals("Scale") && SCALES.contains(kind.group());
    }
}
