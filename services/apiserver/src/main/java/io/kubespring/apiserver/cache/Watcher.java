package io.kubespring.apiserver.cache;

import io.kubespring.storage.history.HistoryLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * One watch: first what it starts with, then a queue of shared frames, bounded in their number and bytes. The queue is filled under the cache's
 * lock, in revision order; it is emptied into batches at the subscriber's pace. When it overflows the stream completes:
 * the client resumes from the last event it has seen.
 */
final class Watcher implements Subscription {

    private static final int MAX_QUEUED = 8_192;
    /** As much as the history may hold: what is queued is what it remembers, and costs nothing as long as it does. */
    private static final long MAX_QUEUED_BYTES = HistoryLimits.DEFAULT.maxBytes();

    private static final int MAX_BATCH_FRAMES = 256;
    private static final int MAX_BATCH_BYTES = 128 << 10;

    private final WatchRequest request;
    private final Subscriber<? super WatchFrameBatch> subscriber;
    private final EncodedForms encoded;
    private final Consumer<Watcher> onEnd;
    private final WatchTurns turns;
    private final Runnable delivery = this::drain;
    private final AtomicLong requested = new AtomicLong();
    private final AtomicInteger work = new AtomicInteger();
    private final AtomicBoolean ready = new AtomicBoolean();
    private final ArrayDeque<Object> queue = new ArrayDeque<>(2);
    private Iterator<byte[]> initial = List.<byte[]>of().iterator();
    private long queuedBytes;
    private volatile boolean startsYet = true;
    private boolean finished;
    private @Nullable Throwable failure;
    private volatile boolean ended;
    private volatile boolean overrun;

    Watcher(
            WatchRequest request,
            Subscriber<? super WatchFrameBatch> subscriber,
            EncodedForms encoded,
            WatchTurns turns,
            Consumer<Watcher> onEnd) {
        this.turns = turns;
        this.encoded = encoded;
        this.request = request;
        this.subscriber = subscriber;
        this.onEnd = onEnd;
    }

    WatchRequest asked() {
        return request;
    }

    /** Sets what is sent before anything queued. To be called before the first drain. */
    void startWith(Iterator<byte[]> frames) {
        initial = frames;
    }

    /** Queues a change if it concerns this watcher; says whether it did. */
    boolean offer(EventFrames event) {
        if (event.change().revision() <= request.fromRevision()) {
            return false; // it asked to start in the future
        }
        SharedFrame frame = event.frameFor(request.selection(), request.encoder());
        if (frame != null) {
            enqueue(frame, frame.size());
        }
        return frame != null;
    }

    /** Queues bytes that are encoded already. */
    void offer(byte[] frame) {
        enqueue(frame, frame.length);
    }

    private void enqueue(Object frame, int size) {
        synchronized (queue) {
            if (finished) {
                return;
            }
            if (queue.size() >= MAX_QUEUED || queuedBytes > MAX_QUEUED_BYTES) {
                queue.clear();
                overrun = true;
                finished = true;
                return;
            }
            queue.add(frame);
            queuedBytes += size;
        }
    }

    /** Whether it was ended because it did not read what was sent. */
    boolean overrun() {
        return overrun;
    }

    /** Ends the stream, after what is queued; with an error if one is given. */
    void finish(@Nullable Throwable reason) {
        synchronized (queue) {
            finished = true;
            failure = reason;
        }
        drain();
    }

    @Override
    public void request(long count) {
        if (count <= 0) {
            finish(new IllegalArgumentException("request of " + count));
            return;
        }
        requested.accumulateAndGet(count, (have, more) -> have + more < 0 ? Long.MAX_VALUE : have + more);
        boolean waiting;
        boolean much;
        synchronized (queue) {
            much = startsYet || queuedBytes >= MAX_BATCH_BYTES || queue.size() >= MAX_BATCH_FRAMES;
            waiting = much || finished || !queue.isEmpty();
        }
        if (waiting && markReady()) {
            turns.resume(delivery, much);
        }
    }

    @Override
    public void cancel() {
        end();
    }

    private void end() {
        if (!ended) {
            ended = true;
            onEnd.accept(this);
        }
    }

    /**
     * Takes its place among those who have something to send, unless it waits for its client to read.
     *
     * @return where that is, for {@link WatchTurns#start}; null if nothing has changed
     */
    @Nullable
    WatchTurns queueUp() {
        // What a client that does not read misses is looked at when it does, or when that is too much.
        if ((requested.get() <= 0 && !overrun) || !markReady()) {
            return null;
        }
        turns.add(delivery);
        return turns;
    }

    /** Has it served for the first time. */
    void begin() {
        if (markReady()) {
            turns.resume(delivery, true);
        }
    }

    private boolean markReady() {
        return !ready.get() && ready.compareAndSet(false, true);
    }

    /** Delivers what is ready and wanted; of several callers at once one works for all. */
    void drain() {
        ready.set(false);
        if (work.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            deliver();
            missed = work.addAndGet(-missed);
        } while (missed != 0);
    }

    private void deliver() {
        while (!ended) {
            List<byte[]> frames = requested.get() > 0 ? nextFrames() : List.of();
            if (!frames.isEmpty()) {
                requested.decrementAndGet();
                subscriber.onNext(new WatchFrameBatch(frames));
                continue;
            }
            if (startsYet && !initial.hasNext()) {
                startsYet = false;
                request.initialized().run();
            }
            Throwable reason;
            synchronized (queue) {
                if (!finished || !queue.isEmpty() || initial.hasNext()) {
                    return;
                }
                reason = failure;
            }
            end();
            if (reason == null) {
                subscriber.onComplete();
            } else {
                subscriber.onError(reason);
            }
        }
    }

    private List<byte[]> nextFrames() {
        List<byte[]> frames = new ArrayList<>(4);
        int bytes = 0;
        while (frames.size() < MAX_BATCH_FRAMES && bytes < MAX_BATCH_BYTES) {
            byte[] frame = nextFrame();
            if (frame == null) {
                break;
            }
            frames.add(frame);
            bytes += frame.length;
        }
        return frames;
    }

    private byte @Nullable [] nextFrame() {
        if (initial.hasNext()) {
            return initial.next();
        }
        Object next;
        synchronized (queue) {
            next = queue.poll();
            queuedBytes -= size(next);
        }
        return next instanceof SharedFrame shared ? shared.get(encoded) : (byte[]) next;
    }

    private static int size(@Nullable Object frame) {
        return switch (frame) {
            case null -> 0;
            case SharedFrame shared -> shared.size();
            default -> ((byte[]) frame).length;
        };
    }
}
