package io.kubespring.apiserver.handlers;

import io.kubespring.apiserver.registry.WriteRequest;
import io.kubespring.apiserver.registry.WriteSource;
import io.kubespring.apiserver.registry.Writer;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.WriteOptions;
import reactor.core.publisher.Mono;

/** POST of a new object. */
public final class CreateHandler implements VerbHandler {

    private final Writer writer;
    private final ObjectAnswers answers;

    public CreateHandler(Writer writer, ObjectAnswers answers) {
        this.writer = writer;
        this.answers = answers;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        var request = call.request();
        var representation = call.representation();
        WriteOptions options = WriteOptions.parse(
                "CreateOptions", request.query(), request.headers().first("user-agent"), false);
        String mediaType = call.bodyType();
        return request.body()
                .defaultIfEmpty(new byte[0])
                .flatMap(body -> Mono.fromFuture(writer.create(new WriteRequest(
                        call.type(),
                        call.subresource(),
                        call.namespace(),
                        "",
                        request.user(),
                        options,
                        new WriteSource.Body(body, mediaType)))))
                .map(result -> answers.written(201, call, result, representation));
    }
}
