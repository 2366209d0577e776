package io.kubespring.apiserver.cache;

import io.kubespring.storage.history.Change;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change as different watchers see it: to one whose selector an object newly matches it is ADDED, to one whose
 * selector it ceases to match it is DELETED, with the old content under the new revision.
 */
final class EventFrames {

    private final Change<StoredObject> change;
    private final List<SharedFrame> made = new ArrayList<>(1);

    EventFrames(Change<StoredObject> change) {
        this.change = change;
    }

    Change<StoredObject> change() {
        return change;
    }

    /** The frame for a watcher, or null if the change does not concern it. */
    @Nullable
    SharedFrame frameFor(Selection selection, FrameEncoder encoder) {
        StoredObject now = change.value();
        StoredObject before = change.previous();
        boolean matches = now != null && selection.matches(now);
        boolean matched = before != null && selection.matches(before);
        if (now != null && matches) {
            return shared(matched ? EventType.MODIFIED : EventType.ADDED, now, encoder);
        }
        return before != null && matched ? shared(EventType.DELETED, before, encoder) : null;
    }

    private synchronized SharedFrame shared(EventType type, StoredObject object, FrameEncoder encoder) {
        for (SharedFrame frame : made) {
            if (frame.is(type, encoder)) {
                return frame;
            }
        }
        var frame = new SharedFrame(type, object, change.revision(), encoder);
        made.add(frame);
        return frame;
    }
}
