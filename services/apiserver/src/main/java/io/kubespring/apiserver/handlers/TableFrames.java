package io.kubespring.apiserver.handlers;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.cache.EventType;
import io.kubespring.apiserver.cache.FrameEncoder;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.encoding.EventFraming;
import io.kubespring.apiserver.encoding.FormFrames;
import io.kubespring.apiserver.request.Representation;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Watch events as Tables of one row: rendered for one watcher, since cells depend on the time and the first event has the headers. */
final class TableFrames implements FrameEncoder {

    private final Call call;
    private final Representation representation;
    private final Tables tables;
    private volatile boolean headersSent;

    TableFrames(Call call, Representation representation, Tables tables) {
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
        return event(
                "BOOKMARK",
                FormFrames.bookmark(call.type().apiVersion(), call.type().kind().kind(), revision, endOfInitialEvents));
    }

    /** Columns are defined by the first event only. */
    private byte[] event(String type, ObjectNode object) {
        ObjectNode table = tables.of(
                call, call.type().kind(), representation, List.of(object), object.path("metadata"), headersSent);
        headersSent = true;
        return EventFraming.frame(representation.encoding(), type, Json.write(table));
    }
}
