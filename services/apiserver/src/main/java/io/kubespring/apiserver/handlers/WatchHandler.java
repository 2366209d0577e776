package io.kubespring.apiserver.handlers;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.cache.SelectableFields;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.ListOptions;
import io.kubespring.apiserver.request.Representation;
import io.kubespring.storage.Store;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** GET with {@code watch=true}: a stream of events, one JSON document a line. */
public final class WatchHandler implements VerbHandler {

    private final Reader reader;
    private final Tables tables;

    public WatchHandler(Reader reader, Tables tables) {
        this.reader = reader;
        this.tables = tables;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        var representation = Representation.of(call.request().headers().first("accept"));
        ListOptions options = ListOptions.parse(call.request().query(), true);
        var selection = new Selection(options);
        boolean initial = options.revision() == 0;
        return Mono.fromFuture(reader.list(call.type(), call.namespace())).map(listing -> {
            Flux<byte[]> existing = Flux.fromIterable(initial ? listing.items() : List.<StoredObject>of())
                    .filter(selection::matches)
                    .map(each -> frame(call, "ADDED", each.tree(), representation));
            long from = initial ? listing.revision() : options.revision();
            Flux<byte[]> later = Flux.from(reader.watch(call.type(), call.namespace(), from))
                    .map(batch -> frames(call, batch, selection, representation))
                    .filter(bytes -> bytes.length > 0);
            return new ApiResponse.Streamed(200, "application/json", List.of(), existing.concatWith(later), true);
        });
    }

    private byte[] frames(Call call, Store.Batch batch, Selection selection, Representation representation) {
        var out = new ByteArrayOutputStream();
        for (Store.Event event : batch.events()) {
            StoredObject now = stored(event.key(), event.value(), event.revision());
            StoredObject before = stored(event.key(), event.previous(), event.previousRevision());
            boolean is = now != null && selection.matches(now);
            boolean was = before != null && selection.matches(before);
            if (is && now != null) {
                out.writeBytes(frame(call, was ? "MODIFIED" : "ADDED", now.tree(), representation));
            } else if (was && before != null) {
                out.writeBytes(frame(call, "DELETED", before.tree(event.revision()), representation));
            }
        }
        return out.toByteArray();
    }

    private static @Nullable StoredObject stored(String key, byte @Nullable [] value, long revision) {
        return value == null ? null : StoredObject.read(key, value, revision, SelectableFields.NONE);
    }

    private byte[] frame(Call call, String type, ObjectNode object, Representation representation) {
        ObjectNode shown =
                switch (representation.shape()) {
                    case OBJECT -> object;
                    case TABLE -> tables.of(call, List.of(object), object.path("metadata"));
                    case PARTIAL_METADATA -> ObjectAnswers.partial(object);
                };
        ObjectNode event = Json.object().put("type", type);
        event.set("object", shown);
        byte[] json = Json.write(event);
        byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }
}
