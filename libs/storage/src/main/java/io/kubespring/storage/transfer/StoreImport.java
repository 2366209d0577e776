package io.kubespring.storage.transfer;

import io.kubespring.storage.Store;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Fills an empty store from an export, and moves its revision past any that the exported store may have shown: watchers
 * of the old one are told that theirs is too old, and list again. Blocks; memory does not grow with the export.
 *
 * <p>Nothing is imported unless the export begins as one; one that turns out to be cut short fails after its objects were
 * written, and says so.
 */
public final class StoreImport {

    private static final int WRITES_UNDER_WAY = 256;
    private static final int MAX_LINE_BYTES = 64 << 20;

    /** Events go by themselves; what is left of their time is not in an export. */
    private static final String EVENTS = "/registry/events/";

    private final Store store;
    private final Duration eventTimeToLive;
    private final ArrayDeque<CompletableFuture<Long>> underWay = new ArrayDeque<>();
    private long lines;
    private long objects;

    private StoreImport(Store store, Duration eventTimeToLive) {
        this.store = store;
        this.eventTimeToLive = eventTimeToLive;
    }

    /**
     * @param margin how many revisions the exported store may have gone on after the export
     * @return how many objects were written
     * @throws TransferException if the store is not empty, or the export is not whole
     */
    public static long read(Store store, String prefix, InputStream in, long margin, Duration eventTimeToLive)
            throws IOException {
        long present = store.count(prefix).join();
        if (present > 0) {
            throw new TransferException(
                    "the store holds " + present + " objects already; an import needs an empty one");
        }
        return new StoreImport(store, eventTimeToLive).read(new BufferedInputStream(in, 1 << 16), margin);
    }

    private long read(InputStream in, long margin) throws IOException {
        Line.Parsed header = next(in);
        if (header == null || !Line.FORMAT.equals(header.format()) || header.revision() < 0) {
            throw new TransferException("this is not an export of a store: the first line must say " + Line.FORMAT);
        }
        Line.Parsed line = next(in);
        for (; line != null && line.objects() < 0; line = next(in)) {
            write(line);
        }
        while (!underWay.isEmpty()) {
            await(underWay.remove());
        }
        if (line == null || line.objects() != objects) {
            throw new TransferException("the export is not whole: " + objects + " objects were read, "
                    + (line == null ? "and its last line is missing" : line.objects() + " were written"));
        }
        await(store.advance(header.revision() + margin + 1));
        return objects;
    }

    private void write(Line.Parsed line) {
        String key = line.key();
        byte[] value = line.value();
        if (key == null || value == null) {
            throw new TransferException("line " + lines + " has no key or no value");
        }
        while (underWay.size() >= WRITES_UNDER_WAY) {
            await(underWay.remove());
        }
        underWay.add(store.create(key, value, key.startsWith(EVENTS) ? eventTimeToLive : null));
        objects++;
    }

    private static void await(CompletableFuture<Long> write) {
        try {
            write.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private Line.@Nullable Parsed next(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream(8 << 10);
        int each = in.read();
        if (each < 0) {
            return null;
        }
        lines++;
        for (; each >= 0 && each != '\n'; each = in.read()) {
            if (bytes.size() >= MAX_LINE_BYTES) {
                throw new TransferException("line " + lines + " is longer than any object");
            }
            bytes.write(each);
        }
        return Line.parse(bytes.toByteArray(), lines);
    }
}
