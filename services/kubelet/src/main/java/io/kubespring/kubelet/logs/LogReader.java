package io.kubespring.kubelet.logs;

import io.kubespring.api.time.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads a container's log, and follows it through rotation until the container has ended. */
public final class LogReader {

    private static final int CHUNK = 32 * 1024;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int POLLS_BETWEEN_CHECKS = 5;

    private final TimeSource time;

    public LogReader(TimeSource time) {
        this.time = time;
    }

    /**
     * Writes what is wanted to {@code out}; blocks while following.
     *
     * @param running asked now and then while following; false ends it at the end of the log
     */
    public void read(Path file, LogOptions options, BooleanSupplier running, OutputStream out)
            throws IOException, InterruptedException {
        var writer = new Writer(options, out);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            Object key = fileKey(file);
            channel.position(options.tailLines() == null ? 0 : tailPosition(channel, options.tailLines()));
            boolean ending = false;
            for (int idle = 0; ; idle++) {
                if (drain(channel, writer)) {
                    idle = 0;
                }
                if (writer.full || !options.follow()) {
                    break;
                }
                out.flush();
                Object now = fileKey(file);
                if (now != null && !Objects.equals(now, key)) {
                    drain(channel, writer);
                    channel.close();
                    channel = FileChannel.open(file, StandardOpenOption.READ);
                    key = now;
                    continue;
                }
                if (ending) {
                    break;
                }
                if (idle % POLLS_BETWEEN_CHECKS == POLLS_BETWEEN_CHECKS - 1) {
                    ending = !running.getAsBoolean();
                }
                if (!ending) {
                    time.sleep(POLL);
                }
            }
        } finally {
            channel.close();
        }
        out.flush();
    }

    private static @Nullable Object fileKey(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException rotating) {
            return null;
        }
    }

    /** @return whether there was anything */
    private static boolean drain(FileChannel channel, Writer writer) throws IOException {
        var buffer = ByteBuffer.allocate(CHUNK);
        boolean any = false;
        while (!writer.full && channel.read(buffer.clear()) > 0) {
            writer.accept(buffer.flip());
            any = true;
        }
        return any;
    }

    /** Where the last {@code lines} lines begin. */
    static long tailPosition(FileChannel channel, long lines) throws IOException {
        long end = channel.size();
        if (lines <= 0) {
            return end;
        }
        long found = 0;
        var buffer = ByteBuffer.allocate(CHUNK);
        long from = end;
        while (from > 0) {
            long start = Math.max(0, from - CHUNK);
            buffer.clear().limit((int) (from - start));
            while (buffer.hasRemaining() && channel.read(buffer, start + buffer.position()) > 0) {
                // Until the whole block is there.
            }
            for (int at = buffer.position() - 1; at >= 0; at--) {
                // The break that ends the last line begins no other.
                if (buffer.get(at) == '\n' && start + at != end - 1 && ++found == lines) {
                    return start + at + 1;
                }
            }
            from = start;
        }
        return 0;
    }

    /** Puts lines together, and out without the format's prefix. */
    private static final class Writer {

        private final LogOptions options;
        private final OutputStream out;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private long left;
        private boolean midLine;
        boolean full;

        Writer(LogOptions options, OutputStream out) {
            this.options = options;
            this.out = out;
            this.left = options.limitBytes() == null ? Long.MAX_VALUE : options.limitBytes();
        }

        void accept(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining() && !full) {
                byte each = bytes.get();
                if (each == '\n') {
                    complete(line.toByteArray());
                    line.reset();
                } else {
                    line.write(each);
                }
            }
        }

        private void complete(byte[] raw) throws IOException {
            CriLogLine parsed = CriLogLine.parse(raw);
            if (parsed == null || options.since() != null && parsed.isBefore(options.since())) {
                return;
            }
            if (options.timestamps() && !midLine) {
                put((parsed.time() + " ").getBytes(StandardCharsets.US_ASCII));
            }
            put(parsed.text());
            if (!parsed.partial()) {
                put(new byte[] {'\n'});
            }
            midLine = parsed.partial();
        }

        private void put(byte[] bytes) throws IOException {
            int length = (int) Math.min(bytes.length, left);
            out.write(bytes, 0, length);
            left -= length;
            full = left == 0;
        }
    }
}
