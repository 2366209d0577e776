package io.kubespring.apiserver.cache;

import io.kubespring.storage.history.Change;
import java.util.LinkedHashMap;
import java.util.Map;

/** The frames of the latest changes, so that watchers which resume share them too. Bounded in changes. */
final class RecentFrames {

    private static final int MAX_CHANGES = 128;

    private final Map<Long, EventFrames> byRevision = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, EventFrames> eldest) {
            return size() > MAX_CHANGES;
        }
    };

    synchronized EventFrames of(Change<StoredObject> change) {
        return byRevision.computeIfAbsent(change.revision(), revision -> new EventFrames(change));
    }
}
