package io.kubespring.apiserver.cache;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A snapshot as ADDED events, encoded one by one as they are sent, and the bookmark that ends them. */
final class InitialEvents implements Iterator<byte[]> {

    private final Iterator<StoredObject> objects;
    private final Selection selection;
    private final FrameEncoder encoder;
    private byte @Nullable [] bookmark;
    private final LongAdder sent;
    private @Nullable StoredObject next;

    InitialEvents(
            Iterator<StoredObject> objects,
            Selection selection,
            FrameEncoder encoder,
            byte @Nullable [] bookmark,
            LongAdder sent) {
        this.objects = objects;
        this.selection = selection;
        this.encoder = encoder;
        this.bookmark = bookmark;
        this.sent = sent;
        advance();
    }

    private void advance() {
        next = null;
        while (next == null && objects.hasNext()) {
            StoredObject candidate = objects.next();
            next = selection.matches(candidate) ? candidate : null;
        }
    }

    @Override
    public boolean hasNext() {
        return next != null || bookmark != null;
    }

    @Override
    public byte[] next() {
        StoredObject object = next;
        if (object != null) {
            advance();
            sent.increment();
            return encoder.event(EventType.ADDED, object, object.revision());
        }
        byte[] end = bookmark;
        if (end == null) {
            throw new NoSuchElementException();
        }
        bookmark = null;
        return end;
    }
}
