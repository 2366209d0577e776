package io.kubespring.apiserver.cache;

import reactor.util.context.ContextView;

/**
 * Where watchers are served. A subscriber of a watch names its place in its Reactor context, under {@link #KEY}: the
 * connections' event loops serve those on them; whoever names none is served by a thread of the caches'. The cache only
 * says who has something to send.
 */
public interface WatchTurns {

    Object KEY = WatchTurns.class;

    /** @return the place that {@code context} names, or else {@code otherwise} */
    static WatchTurns in(ContextView context, WatchTurns otherwise) {
        return context.hasKey(KEY) ? context.get(KEY) : otherwise;
    }

    /** Has {@code delivery} run once after the next {@link #start}. Returns at once, from any thread. */
    void add(Runnable delivery);

    /** Serves those who were added, perhaps a moment later and together with what happens meanwhile. */
    void start();

    /**
     * Goes on with a watcher for which there was more than it could take.
     *
     * @param much whether it is so much that it need not wait for more to come
     */
    void resume(Runnable delivery, boolean much);
}
