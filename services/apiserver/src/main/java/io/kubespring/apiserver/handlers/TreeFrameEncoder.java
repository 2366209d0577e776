package io.kubespring.apiserver.handlers;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.cache.EventType;
import io.kubespring.apiserver.cache.FrameEncoder;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.request.Representation;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Watch events of Tables, of metadata only and of other versions than the stored: rendered for one watcher, since a Table's cells depend on the time. */
final class TreeFrameEncoder implements FrameEncoder {

    private final Call call;
    private final Representation representation;
    private final Tables tables;
    private volatile boolean headersSent;

    TreeFrameEncoder(Call call, Representation representation, Tables tables) {
        this.call = call;
        this.representation = representation;
        this.tables = tables;
    }

    @Override
    public byte[] event(EventType type, StoredObject object, long emittedRevision) {
        return event(type.name(), Versions.tree(call, object, emittedRevision));
    }

    @Override
    public byte[] bookmark(long revision, boolean endOfInitialEvents) {
        ObjectNode object = Json.object()
                .put("kind", call.type().kind().kind())
                .put("apiVersion", call.type().apiVersion());
        ObjectNode metadata = object.putObject("metadata").put("resourceVersion", Long.toString(revision));
        if (endOfInitialEvents) {
            metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        return event("BOOKMARK", object);
    }

    private byte[] event(String type, ObjectNode object) {
        ObjectNode event = Json.object().put("type", type);
        event.set(
                "object",
                switch (representation.shape()) {
                    case OBJECT -> object;
                    case TABLE -> table(object);
                    case PARTIAL_METADATA -> ObjectAnswers.partial(object);
                });
        return line(event);
    }

    /** Columns are defined by the first event only. */
    private ObjectNode table(ObjectNode object) {
        ObjectNode table = tables.of(call, List.of(object), object.path("metadata"), headersSent);
        headersSent = true;
        return table;
    }

    static byte[] line(ObjectNode event) {
        byte[] json = Json.write(event);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }
}
