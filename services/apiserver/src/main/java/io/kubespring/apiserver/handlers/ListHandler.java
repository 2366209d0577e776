package io.kubespring.apiserver.handlers;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.cache.Selection;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.ListOptions;
import io.kubespring.apiserver.request.Representation;
import java.util.List;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** GET of a collection, whole or in pages. The plain JSON form is copied from the stored bytes. */
public final class ListHandler implements VerbHandler {

    private final ResourceCaches caches;
    private final Tables tables;

    public ListHandler(ResourceCaches caches, Tables tables) {
        this.caches = caches;
        this.tables = tables;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        var representation = Representation.of(call.request().headers().first("accept"));
        ListOptions options = ListOptions.parse(call.request().query(), false);
        ContinueToken continued = ContinueToken.decode(options.continueToken());
        Selection selection = Selections.of(call, options);
        return Mono.fromFuture(Snapshots.forList(caches.of(call.type()), options, continued))
                .map(snapshot -> answer(call, Listing.of(snapshot, selection, options, continued), representation));
    }

    private ApiResponse answer(Call call, Listing listing, Representation representation) {
        ObjectNode metadata = metadata(listing);
        if (Versions.asStored(call, representation)) {
            byte[] head = ListBody.head(call.type().listKind(), call.type().apiVersion(), metadata);
            return ListBody.small(head, listing.items())
                    ? ApiResponse.json(200, ListBody.whole(head, listing.items()))
                    : new ApiResponse.Streamed(
                            200, ApiResponse.JSON, List.of(), ListBody.streamed(head, listing.items()), false);
        }
        return switch (representation.shape()) {
            case TABLE -> Answers.tree(200, tables.of(call, trees(call, listing), metadata), representation);
            case PARTIAL_METADATA ->
                Answers.tree(
                        200,
                        list(call, "PartialObjectMetadataList", "meta.k8s.io/v1", metadata, listing, true),
                        representation);
            case OBJECT ->
                Answers.tree(
                        200,
                        list(call, call.type().listKind(), call.type().apiVersion(), metadata, listing, false),
                        representation);
        };
    }

    static ObjectNode metadata(Listing listing) {
        ObjectNode metadata = Json.object().put("resourceVersion", Long.toString(listing.revision()));
        if (!listing.continueToken().isEmpty()) {
            metadata.put("continue", listing.continueToken());
        }
        if (listing.remaining() != null) {
            metadata.put("remainingItemCount", listing.remaining());
        }
        return metadata;
    }

    private static Iterable<ObjectNode> trees(Call call, Listing listing) {
        return () ->
                listing.items().stream().map(each -> Versions.tree(call, each)).iterator();
    }

    private static ObjectNode list(
            Call call, String kind, String apiVersion, ObjectNode metadata, Listing listing, boolean partial) {
        ObjectNode list = Json.object().put("kind", kind).put("apiVersion", apiVersion);
        list.set("metadata", metadata);
        var items = list.putArray("items");
        trees(call, listing).forEach(each -> items.add(partial ? ObjectAnswers.partial(each) : each));
        return list;
    }
}
