package io.kubespring.client.rest;

import io.kubespring.api.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A token that never changes, or one from a file that is read again once a minute, as it is rotated. While the file is
 * gone or empty the last token is used.
 */
final class BearerToken {

    private static final Duration KEEP = Duration.ofMinutes(1);

    private final @Nullable String fixed;
    private final @Nullable Path file;
    private final TimeSource time;
    private @Nullable String cached;
    private long readAt;

    BearerToken(@Nullable String fixed, @Nullable Path file, TimeSource time) {
        this.fixed = fixed;
        this.file = file;
        this.time = time;
    }

    /** Null where requests carry no token. */
    synchronized @Nullable String current() {
        if (file == null) {
            return fixed;
        }
        if (cached == null || time.nanoTime() - readAt > KEEP.toNanos()) {
            try {
                String read = Files.readString(file).strip();
                if (read.isEmpty()) {
                    throw new IOException("the file is empty");
                }
                cached = read;
                readAt = time.nanoTime();
            } catch (IOException unreadable) {
                if (cached == null) {
                    throw new UncheckedIOException("cannot read token " + file, unreadable);
                }
            }
        }
        return cached;
    }
}
