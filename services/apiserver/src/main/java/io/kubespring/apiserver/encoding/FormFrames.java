package io.kubespring.apiserver.encoding;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.cache.EventType;
import io.kubespring.apiserver.cache.FrameEncoder;
import io.kubespring.apiserver.cache.StoredObject;
import tools.jackson.databind.node.ObjectNode;

/** Watch events of objects in one form. Watchers of the same form share them. */
public record FormFrames(ObjectForm form, Encodings encodings) implements FrameEncoder {

    @Override
    public byte[] event(EventType type, StoredObject object, long emittedRevision) {
        byte[] document = form.document(encodings.content(object, form, emittedRevision));
        return EventFraming.frame(form.encoding(), type.name(), document);
    }

    @Override
    public byte[] bookmark(long revision, boolean endOfInitialEvents) {
        byte[] json = Json.write(bookmark(form.apiVersion(), form.kindName(), revision, endOfInitialEvents));
        return EventFraming.frame(form.encoding(), "BOOKMARK", form.document(form.encoded(json)));
    }

    /** The object of a BOOKMARK: its kind and how far the watch has seen. */
    public static ObjectNode bookmark(String apiVersion, String kind, long revision, boolean endOfInitialEvents) {
        ObjectNode object = Json.object().put("kind", kind).put("apiVersion", apiVersion);
        ObjectNode metadata = object.putObject("metadata").put("resourceVersion", Long.toString(revision));
        if (endOfInitialEvents) {
            metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        return object;
    }
}
