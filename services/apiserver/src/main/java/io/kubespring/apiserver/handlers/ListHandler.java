package io.kubespring.apiserver.handlers;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.cache.Selection;
import io.kubespring.apiserver.cache.Snapshot;
import io.kubespring.apiserver.encoding.Encodings;
import io.kubespring.apiserver.encoding.FormList;
import io.kubespring.apiserver.encoding.ObjectForm;
import io.kubespring.apiserver.metrics.ListMetrics;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.ListOptions;
import io.kubespring.apiserver.request.Representation;
import io.kubespring.apiserver.request.Representation.Encoding;
import io.kubespring.apiserver.request.Representation.Shape;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** GET of a collection, whole or in pages. The plain JSON form is copied from the stored bytes. */
public final class ListHandler implements VerbHandler {

    private final ResourceCaches caches;
    private final Tables tables;
    private final Encodings encodings;
    private final ListMetrics metrics;

    public ListHandler(ResourceCaches caches, Tables tables, Encodings encodings, ListMetrics metrics) {
        this.metrics = metrics;
        this.encodings = encodings;
        this.caches = caches;
        this.tables = tables;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        var representation = call.representation();
        ListOptions options = ListOptions.parse(call.request().query(), false);
        ContinueToken continued = ContinueToken.decode(options.continueToken());
        Selection selection = Selections.of(call, options);
        var served = metrics.of(call.groupResource());
        boolean consistent = continued == null && options.resourceVersion().isEmpty();
        CompletableFuture<Snapshot> snapshot = Snapshots.forList(caches.of(call.type()), options, continued);
        if (consistent) {
            snapshot = snapshot.whenComplete((found, failure) -> served.readConsistently(failure == null));
        }
        return Mono.fromFuture(snapshot).map(found -> {
            Listing listing = Listing.of(found, selection, options, continued);
            served.listed(listing.looked(), listing.items().size());
            return answer(call, listing, representation);
        });
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
        if (representation.shape() == Shape.PARTIAL_METADATA) {
            throw new StatusException(
                    StatusReason.NOT_ACCEPTABLE,
                    "you requested PartialObjectMetadata, but the requested object is a list ("
                            + ObjectAnswers.goType(
                                    call.type().kind(), call.type().listKind()) + ")");
        }
        if (representation.shape() == Shape.TABLE) {
            return ApiResponse.json(200, tables.of(call, representation, trees(call, listing), metadata));
        }
        boolean partial = representation.shape() == Shape.PARTIAL_METADATA_LIST;
        var asJson = new Representation(Encoding.JSON, representation.shape(), representation.metaVersion(), false);
        var form = ObjectForm.of(call.type(), representation.encoding() == Encoding.YAML ? asJson : representation);
        var list = new FormList(
                encodings,
                form,
                partial ? "PartialObjectMetadataList" : call.type().listKind(),
                metadata,
                listing.items());
        return representation.encoding() == Encoding.YAML ? list.whole() : list.answer();
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
}
