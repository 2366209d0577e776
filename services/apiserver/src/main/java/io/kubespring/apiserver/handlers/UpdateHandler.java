package io.kubespring.apiserver.handlers;

import io.kubespring.apiserver.registry.WriteRequest;
import io.kubespring.apiserver.registry.WriteSource;
import io.kubespring.apiserver.registry.Writer;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.WriteOptions;
import reactor.core.publisher.Mono;

/** PUT of an object, or of a subresource whose body is the object. */
public final class UpdateHandler implements VerbHandler {

    private final Writer writer;
    private final ObjectAnswers answers;

    public UpdateHandler(Writer writer, ObjectAnswers answers) {
        this.writer = writer;
        this.answers = answers;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        var request = call.request();
        var representation = call.representation();
        WriteOptions options = WriteOptions.parse(
                "UpdateOptions", request.query(), request.headers().first("user-agent"), false);
        String mediaType = call.bodyType();
        return request.body()
                .defaultIfEmpty(new byte[0])
                .flatMap(body -> Mono.fromFuture(writer.update(new WriteRequest(
                        call.type(),
                        call.subresource(),
                        call.namespace(),
                        call.name(),
                        request.user(),
                        options,
                        new WriteSource.Body(body, mediaType)))))
                .map(result -> answers.written(result.created() ? 201 : 200, call, result, representation));
    }
}
