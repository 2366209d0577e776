package io.kubespring.apiserver.handlers;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.cache.Selection;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.encoding.ObjectForm;
import io.kubespring.apiserver.registry.DeleteRequest;
import io.kubespring.apiserver.registry.DeleteResult;
import io.kubespring.apiserver.registry.Deleter;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.DeleteOptions;
import io.kubespring.apiserver.request.ListOptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** DELETE of a collection: every object that the selectors mean, a few at a time. */
public final class DeleteCollectionHandler implements VerbHandler {

    private static final int AT_A_TIME = 8;

    private final ResourceCaches caches;
    private final Deleter deleter;

    public DeleteCollectionHandler(ResourceCaches caches, Deleter deleter) {
        this.caches = caches;
        this.deleter = deleter;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        var request = call.request();
        call.representation();
        ListOptions list = ListOptions.parse(request.query(), false);
        ContinueToken continued = ContinueToken.decode(list.continueToken());
        Selection selection = Selections.of(call, list);
        return request.body()
                .map(body -> DeleteBodies.options(call, body))
                .switchIfEmpty(Mono.fromSupplier(() -> DeleteOptions.of(request.query())))
                .flatMap(options -> Mono.fromFuture(() -> Snapshots.forList(caches.of(call.type()), list, continued))
                        .map(snapshot -> Listing.of(snapshot, selection, list, continued))
                        .flatMap(listing -> deleteAll(call, listing, options))
                        .map(answer -> (ApiResponse) ApiResponse.json(200, answer)));
    }

    /** Answers with what was found, as it was before. */
    private Mono<ObjectNode> deleteAll(Call call, Listing listing, DeleteOptions options) {
        return Flux.fromIterable(listing.items())
                .flatMapSequential(each -> delete(call, each, options), AT_A_TIME)
                .then(Mono.fromSupplier(() -> answer(call, listing)));
    }

    private Mono<DeleteResult> delete(Call call, StoredObject object, DeleteOptions options) {
        return Mono.fromFuture(() -> deleter.delete(new DeleteRequest(
                        call.type(),
                        object.namespace(),
                        object.name(),
                        call.request().user(),
                        options)))
                .onErrorResume(
                        StatusException.class,
                        failure -> failure.reason() == StatusReason.NOT_FOUND ? Mono.empty() : Mono.error(failure));
    }

    private static ObjectNode answer(Call call, Listing listing) {
        ObjectNode list = Json.object()
                .put("kind", call.type().listKind())
                .put("apiVersion", call.type().apiVersion());
        list.set("metadata", ListHandler.metadata(listing));
        var items = list.putArray("items");
        listing.items().forEach(each -> items.add(ObjectForm.asItem(Versions.tree(call, each))));
        return list;
    }
}
