package io.kubespring.client.informer;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.Await;
import io.kubespring.client.ListOptions;
import io.kubespring.client.ObjectList;
import io.kubespring.client.Resources;
import io.kubespring.client.codec.UnusableEventException;
import io.kubespring.client.codec.WatchEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps a sink equal to what a server holds: lists in pages, then watches from the list's version. As in client-go, a
 * watch that ends or loses its connection is resumed after the last version seen (bookmarks count), and so is one that the
 * server was too busy for (429); after 410 it lists again, as it does after an event that could not be read or applied:
 * resuming would only meet it again. Failures wait longer each time.
 * At most one list or watch is under way; the buffer between connection and sink is bounded.
 */
final class Reflector<T> implements AutoCloseable {

    /** Where a reflector delivers; called by one task at a time. */
    interface Sink<T> {
        void replace(List<T> objects);

        void apply(WatchEvent<T> event);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Reflector.class);
    private static final int GONE = 410;
    private static final int PAGE = 500;
    private static final int BUFFER = 256;
    private static final int WATCH_SECONDS = 300;
    /** A server that has not ended a watch this long after it should have is gone without a word. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final Duration SHORT_WATCH = Duration.ofSeconds(1);

    private final Resources<T> resources;
    private final ListOptions selection;
    private final Sink<T> sink;
    private final TimeSource time;
    private final RandomSource random;
    private final Executor executor;
    private final Backoff backoff;
    private volatile String resourceVersion = "";
    private volatile boolean closed;
    private final Sinks.Empty<Void> stop = Sinks.empty();
    private long watchStarted;
    private long listedAt;

    Reflector(Resources<T> resources, ListOptions selection, Sink<T> sink, Executor executor, RandomSource random) {
        this.resources = resources;
        this.selection = selection;
        this.sink = sink;
        this.time = resources.client().time();
        this.random = random;
        this.executor = executor;
        this.backoff = new Backoff(time, random);
    }

    void start() {
        executor.execute(this::list);
    }

    /** Up to where the sink is equal to the server. */
    String resourceVersion() {
        return resourceVersion;
    }

    private void list() {
        if (closed) {
            return;
        }
        try {
            listedAt = time.nanoTime();
            ObjectList<T> all = listAll();
            sink.replace(all.items());
            resourceVersion = all.resourceVersion();
        } catch (RuntimeException failure) {
            retryList(failure);
            return;
        }
        watch();
    }

    private ObjectList<T> listAll() {
        var objects = new ArrayList<T>();
        String token = "";
        do {
            ObjectList<T> page;
            try {
                page = Await.value(resources.list(selection.page(PAGE, token)));
            } catch (StatusException failure) {
                if (failure.code() != GONE || token.isEmpty()) {
                    throw failure;
                }
                // Pages are read more slowly than the server forgets: everything at once.
                return Await.value(resources.list(selection));
            }
            objects.addAll(page.items());
            token = page.continueToken();
            if (token.isEmpty()) {
                return new ObjectList<>(objects, page.resourceVersion(), "");
            }
        } while (true);
    }

    private void retryList(RuntimeException failure) {
        if (closed) {
            return;
        }
        Duration delay = pause(failure);
        LOG.warn("list of {} failed, again in {} ms: {}", name(), delay.toMillis(), failure.toString());
        time.schedule(delay, () -> submit(this::list));
    }

    private void watch() {
        if (closed) {
            return;
        }
        watchStarted = time.nanoTime();
        int seconds = WATCH_SECONDS + random.nextInt(WATCH_SECONDS);
        Sinks.Empty<Void> overdue = Sinks.empty();
        var timer = time.schedule(GRACE.plusSeconds(seconds), overdue::tryEmitEmpty);
        resources
                .watch(selection.from(resourceVersion).bookmarks(seconds))
                .takeUntilOther(stop.asMono())
                .takeUntilOther(overdue.asMono())
                .doFinally(end -> timer.cancel())
                .publishOn(Schedulers.fromExecutor(executor), BUFFER)
                .subscribe(this::apply, this::watchFailed, this::watchEnded);
    }

    private void apply(WatchEvent<T> event) {
        if (closed) {
            return;
        }
        if (event.type() != WatchEvent.Type.BOOKMARK) {
            try {
                sink.apply(event);
            } catch (RuntimeException failure) {
                throw new UnusableEventException(failure);
            }
        }
        String version = resources.codec().resourceVersion(event.object());
        if (!version.isEmpty()) {
            resourceVersion = version;
        }
        backoff.reset();
    }

    private void watchEnded() {
        boolean tooShort = time.nanoTime() - watchStarted < SHORT_WATCH.toNanos();
        after(tooShort ? backoff.next() : Duration.ZERO, this::watch);
    }

    private void watchFailed(Throwable failure) {
        if (closed) {
            return;
        }
        if (failure instanceof StatusException status && status.code() == GONE) {
            LOG.debug("watch of {} is too old, listing again", name());
            boolean justListed = time.nanoTime() - listedAt < SHORT_WATCH.toNanos();
            after(justListed ? backoff.next() : Duration.ZERO, this::list);
            return;
        }
        if (failure instanceof UnusableEventException) {
            Duration delay = backoff.next();
            LOG.warn("watch of {} failed, listing again in {} ms", name(), delay.toMillis(), failure.getCause());
            after(delay, this::list);
            return;
        }
        if (failure instanceof StatusException) {
            LOG.info("watch of {} failed: {}", name(), failure.toString());
        } else {
            // When the server is away every watch says so: the ApiProbe says it once.
            LOG.debug("watch of {} failed: {}", name(), failure.toString());
        }
        after(pause(failure), this::watch);
    }

    /** A server that answers and refuses is spared more than one that is not there: that one is likely being restarted. */
    private Duration pause(Throwable failure) {
        return failure instanceof StatusException ? backoff.next() : backoff.nextBrief();
    }

    private void after(Duration delay, Runnable next) {
        if (closed) {
            return;
        }
        if (delay.isZero()) {
            submit(next);
        } else {
            time.schedule(delay, () -> submit(next));
        }
    }

    private void submit(Runnable task) {
        if (!closed) {
            executor.execute(task);
        }
    }

    private String name() {
        return resources.resource().groupResource().toString();
    }

    @Override
    public void close() {
        closed = true;
        stop.tryEmitEmpty();
    }
}
