package io.kubespring.apiserver.handlers;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.ListOptions;
import io.kubespring.apiserver.request.Representation;
import java.util.List;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** GET of a collection. */
public final class ListHandler implements VerbHandler {

    private final Reader reader;
    private final Tables tables;

    public ListHandler(Reader reader, Tables tables) {
        this.reader = reader;
        this.tables = tables;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        var representation = Representation.of(call.request().headers().first("accept"));
        ListOptions options = ListOptions.parse(call.request().query(), false);
        var selection = new Selection(options);
        return Mono.fromFuture(reader.list(call.type(), call.namespace()))
                .map(listing -> answer(
                        call,
                        listing.items().stream().filter(selection::matches).toList(),
                        listing.revision(),
                        representation));
    }

    private ApiResponse answer(Call call, List<StoredObject> items, long revision, Representation representation) {
        ObjectNode list = Json.object();
        list.put("kind", call.type().listKind()).put("apiVersion", call.type().apiVersion());
        ObjectNode metadata = list.putObject("metadata").put("resourceVersion", Long.toString(revision));
        List<ObjectNode> trees = items.stream().map(StoredObject::tree).toList();
        return switch (representation.shape()) {
            case TABLE -> Answers.tree(200, tables.of(call, trees, metadata), representation);
            case PARTIAL_METADATA -> {
                list.put("kind", "PartialObjectMetadataList").put("apiVersion", "meta.k8s.io/v1");
                var array = list.putArray("items");
                trees.forEach(each -> array.add(ObjectAnswers.partial(each)));
                yield Answers.tree(200, list, representation);
            }
            case OBJECT -> {
                var array = list.putArray("items");
                trees.forEach(array::add);
                yield Answers.tree(200, list, representation);
            }
        };
    }
}
