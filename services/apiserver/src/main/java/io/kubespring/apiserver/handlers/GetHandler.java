package io.kubespring.apiserver.handlers;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.Representation;
import reactor.core.publisher.Mono;

/** GET of one object. */
public final class GetHandler implements VerbHandler {

    private final Reader reader;
    private final ObjectAnswers answers;

    public GetHandler(Reader reader, ObjectAnswers answers) {
        this.reader = reader;
        this.answers = answers;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        var representation = Representation.of(call.request().headers().first("accept"));
        return Mono.fromFuture(reader.get(call.type(), call.namespace(), call.name()))
                .map(object -> answers.stored(call, object, representation))
                .switchIfEmpty(Mono.error(() -> StatusException.notFound(call.groupResource(), call.name())));
    }
}
