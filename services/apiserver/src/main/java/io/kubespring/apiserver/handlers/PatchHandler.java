package io.kubespring.apiserver.handlers;

import io.kubespring.apiserver.registry.WriteRequest;
import io.kubespring.apiserver.registry.WriteSource;
import io.kubespring.apiserver.registry.Writer;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.WriteOptions;
import io.kubespring.client.PatchType;
import reactor.core.publisher.Mono;

/** PATCH in its four forms, server-side apply included. */
public final class PatchHandler implements VerbHandler {

    private final Writer writer;
    private final ObjectAnswers answers;

    public PatchHandler(Writer writer, ObjectAnswers answers) {
        this.writer = writer;
        this.answers = answers;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        var request = call.request();
        var representation = call.representation();
        PatchType type = PatchTypes.of(call);
        WriteOptions options = WriteOptions.parse(
                "PatchOptions", request.query(), request.headers().first("user-agent"), type == PatchType.APPLY);
        return request.body()
                .defaultIfEmpty(new byte[0])
                .flatMap(body -> Mono.fromFuture(writer.update(new WriteRequest(
                        call.type(),
                        call.subresource(),
                        call.namespace(),
                        call.name(),
                        request.user(),
                        options,
                        new WriteSource.Patch(type, PatchTypes.body(call, body))))))
                .map(result -> answers.written(result.created() ? 201 : 200, call, result, representation));
    }
}
