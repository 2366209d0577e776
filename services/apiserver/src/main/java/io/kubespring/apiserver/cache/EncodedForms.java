package io.kubespring.apiserver.cache;

import io.kubespring.apiserver.cache.SharedBytes.Kept;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Everything of one server that was encoded from stored objects and may be wanted again: watch frames, and objects in
 * other forms than the stored one. Bounded in bytes. What is longest unread goes first; whoever still wants it makes it
 * again. Readers take no lock.
 */
public final class EncodedForms {

    private static final long LEAST = 4L << 20;
    private static final long MOST = 32L << 20;
    private static final int HEAP_SHARE = 16;

    /** What is larger than this part of the room is not kept. */
    private static final int LARGEST_SHARE = 8;

    private final long room;
    private final AtomicLong held = new AtomicLong();
    private final ConcurrentLinkedQueue<Kept> queue = new ConcurrentLinkedQueue<>();

    /** @param room in bytes */
    public EncodedForms(long room) {
        this.room = room;
    }

    /** A sixteenth of the heap, within limits. */
    public static EncodedForms ofHeapShare() {
        return new EncodedForms(Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_SHARE, LEAST, MOST));
    }

    /**
     * An object in a form, under its own revision.
     *
     * @param form equal forms give equal bytes
     * @param encode makes it of the object and its revision
     */
    public <F> byte[] of(StoredObject object, F form, BiFunction<F, StoredObject, byte[]> encode) {
        return object.encoded(form, encode).get(this);
    }

    /** How many bytes are kept. */
    public long held() {
        return held.get();
    }

    /** Null for what is too large to be kept. */
    @Nullable
    Kept keep(byte[] made) {
        if (made.length > room / LARGEST_SHARE) {
            return null;
        }
        var kept = new Kept(made);
        queue.add(kept);
        long now = held.addAndGet(made.length);
        while (now > room) {
            Kept oldest = queue.poll();
            if (oldest == null) {
                break;
            }
            if (oldest.usedSince()) {
                queue.add(oldest);
            } else {
                now = held.addAndGet(-oldest.drop());
            }
        }
        return kept;
    }
}
