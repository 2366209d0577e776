package io.kubespring.apiserver.cache;

import io.kubespring.storage.history.Change;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The frames of the latest changes, so that watchers which resume share them too. Bounded in the bytes of the objects
 * that it keeps reachable; the frames' own bytes are {@link EncodedForms}'.
 */
final class RecentFrames {

    private static final long MAX_BYTES = 1L << 20;

    private final Map<Long, EventFrames> byRevision = new HashMap<>();
    private final Deque<Change<StoredObject>> kept = new ArrayDeque<>();
    private long bytes;

    synchronized EventFrames of(Change<StoredObject> change) {
        EventFrames known = byRevision.get(change.revision());
        if (known != null) {
            return known;
        }
        var made = new EventFrames(change);
        byRevision.put(change.revision(), made);
        kept.add(change);
        bytes += size(change);
        while (bytes > MAX_BYTES && kept.size() > 1) {
            Change<StoredObject> eldest = kept.remove();
            byRevision.remove(eldest.revision());
            bytes -= size(eldest);
        }
        return made;
    }

    private static long size(Change<StoredObject> change) {
        return size(change.value()) + size(change.previous());
    }

    private static long size(@Nullable StoredObject object) {
        return object == null ? 0 : object.stored().length;
    }
}
