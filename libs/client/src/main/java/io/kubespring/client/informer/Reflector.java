package io.kubespring.client.informer;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.Await;
import io.kubespring.client.ListOptions;
import io.kubespring.client.ObjectList;
import io.kubespring.client.Resources;
import io.kubespring.client.codec.WatchEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps a sink equal to what a server holds: lists in pages, then watches from the list's version. A watch that ends is
 * resumed after the last version seen (bookmarks count); 410 lists again; other failures wait longer each time.
 * At most one list or watch is under way; the buffer between connection and sink is bounded.
 */
final class Reflector<T> implements AutoCloseable {

    /** Where a reflector delivers; called by one task at a time. */
    interface Sink<T> {
        void replace(List<T> objects);

        void apply(WatchEvent<T> event);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Reflector.class);
    private static final int PAGE = 500;
    private static final int BUFFER = 256;
    private static final int WATCH_SECONDS = 300;
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
    private volatile @Nullable Disposable watch;
    private long watchStarted;

    Reflector(Resources<T> resources, ListOptions selection, Sink<T> sink, Executor executor, RandomSource random) {
        this.resources = resources;
        this.selection = selection;
        this.sink = sink;
        this.time = resources.client().time();
        this.random = random;
        this.executor = executor;
        this.backoff = new Backoff(random);
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
            ListOptions options = selection.page(PAGE, null);
            var objects = new ArrayList<T>();
            while (true) {
                ObjectList<T> page = Await.value(resources.list(options));
                objects.addAll(page.items());
                if (page.continueToken().isEmpty()) {
                    sink.replace(objects);
                    resourceVersion = page.resourceVersion();
                    break;
                }
                options = selection.page(PAGE, page.continueToken());
            }
        } catch (RuntimeException failure) {
            retryList(failure);
            return;
        }
        watch();
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
        watch = resources
                .watch(selection.from(resourceVersion).bookmarks(seconds))
                .publishOn(Schedulers.fromExecutor(executor), BUFFER)
                .subscribe(this::apply, this::watchFailed, this::watchEnded);
        if (closed) {
            close();
        }
    }

    private void apply(WatchEvent<T> event) {
        if (closed) {
            return;
        }
        if (event.type() != WatchEvent.Type.BOOKMARK) {
            sink.apply(event);
        }
        resourceVersion = resources.codec().resourceVersion(event.object());
        backoff.reset();
    }

    private void watchEnded() {
        boolean tooShort = time.nanoTime() - watchStarted < SHORT_WATCH.toNanos();
        resume(tooShort ? backoff.next() : Duration.ZERO);
    }

    private void watchFailed(Throwable failure) {
        if (closed) {
            return;
        }
        if (failure instanceof StatusException status && status.code() == 410) {
            LOG.debug("watch of {} is too old, listing again", name());
            submit(this::list);
            return;
        }
        if (failure instanceof StatusException) {
            LOG.info("watch of {} failed: {}", name(), failure.toString());
        } else {
            // When the server is away every watch says so: the ApiProbe says it once.
            LOG.debug("watch of {} failed: {}", name(), failure.toString());
        }
        resume(pause(failure));
    }

    /** A server that answers and refuses is spared more than one that is not there: that one is likely being restarted. */
    private Duration pause(Throwable failure) {
        return failure instanceof StatusException ? backoff.next() : backoff.nextBrief();
    }

    private void resume(Duration delay) {
        if (closed) {
            return;
        }
        if (delay.isZero()) {
            submit(this::watch);
        } else {
            time.schedule(delay, () -> submit(this::watch));
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
        Disposable current = watch;
        if (current != null) {
            current.dispose();
        }
    }
}
