package io.kubespring.apiserver.cache;

/**
 * What a watcher asks for.
 *
 * @param fromRevision changes after it are delivered; 0 for the state as it is, as ADDED events, then changes
 * @param selection which objects
 * @param bookmarks whether to send bookmarks, about once a minute
 * @param sendInitialEvents the state first, which is at least as new as {@code fromRevision}, then a bookmark that says
 *     so if there are bookmarks
 * @param encoder how events are written
 * @param initialized run once all that the watch starts with has been sent
 */
public record WatchRequest(
        long fromRevision,
        Selection selection,
        boolean bookmarks,
        boolean sendInitialEvents,
        FrameEncoder encoder,
        Runnable initialized) {

    public WatchRequest(
            long fromRevision,
            Selection selection,
            boolean bookmarks,
            boolean sendInitialEvents,
            FrameEncoder encoder) {
        this(fromRevision, selection, bookmarks, sendInitialEvents, encoder, () -> {});
    }

    boolean startsWithState() {
        return sendInitialEvents || fromRevision == 0;
    }
}
