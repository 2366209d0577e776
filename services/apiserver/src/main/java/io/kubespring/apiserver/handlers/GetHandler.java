package io.kubespring.apiserver.handlers;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.cache.Snapshot;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.ListOptions;
import io.kubespring.apiserver.request.Representation;
import reactor.core.publisher.Mono;

/** GET of one object. */
public final class GetHandler implements VerbHandler {

    private final ResourceCaches caches;
    private final ObjectAnswers answers;

    public GetHandler(ResourceCaches caches, ObjectAnswers answers) {
        this.caches = caches;
        this.answers = answers;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        var representation = call.representation();
        ListOptions options = ListOptions.parse(call.request().query(), false);
        var snapshot = Snapshots.forGet(caches.of(call.type()), options);
        if (snapshot.isDone() && !snapshot.isCompletedExceptionally()) {
            return Mono.just(answer(call, snapshot.join(), representation));
        }
        return Mono.fromFuture(snapshot).map(found -> answer(call, found, representation));
    }

    private ApiResponse answer(Call call, Snapshot snapshot, Representation representation) {
        StoredObject object = snapshot.get(call.namespace(), call.name());
        if (object == null) {
            throw StatusException.notFound(call.groupResource(), call.name());
        }
        return answers.stored(call, object, representation);
    }
}
