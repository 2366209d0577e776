package io.kubespring.apiserver.shell;

import io.kubespring.api.time.SystemTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * A {@link WatchCrowd} in a process of its own: it says when all its watchers have begun, and when all of them have all
 * events, complete and in order; and for each event when the last of them had it, by the clock that the machine's processes
 * share.
 */
final class WatchCrowdProcess implements AutoCloseable {

    private static final String BEGUN = "begun";
    private static final String WRONG = "wrong";
    private static final String EVENT = "event";
    private static final String COMPLETE = "complete";
    private static final long LOOK_NANOS = 10_000_000;

    private final Process process;
    private final BufferedReader lines;

    /** Returns when all of them watch. */
    WatchCrowdProcess(int port, Path authority, String path, int watchers, int events) {
        process = JavaProcess.start(
                List.of("-XX:+UseSerialGC", "-Xmx256m"),
                WatchCrowdProcess.class,
                List.of(
                        Integer.toString(port),
                        authority.toString(),
                        path,
                        Integer.toString(watchers),
                        Integer.toString(events)));
        lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String first = next();
        if (!BEGUN.equals(first)) {
            throw new AssertionError(first);
        }
    }

    private String next() {
        try {
            String line = lines.readLine();
            if (line == null) {
                throw new AssertionError("the watchers are gone");
            }
            return line;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Returns when all watchers have all events. */
    void awaitAll(EventLags lags) {
        for (String line = next(); !line.equals(COMPLETE); line = next()) {
            String[] words = line.split(" ", 3);
            if (!words[0].equals(EVENT)) {
                throw new AssertionError(line);
            }
            lags.received(Integer.parseInt(words[1]), Long.parseLong(words[2]));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] args) {
        int count = Integer.parseInt(args[3]);
        int events = Integer.parseInt(args[4]);
        var last = new AtomicLongArray(events + 1);
        var crowd = new WatchCrowd(Integer.parseInt(args[0]), Path.of(args[1]), args[2]);
        crowd.add(count, number -> {
            if (number <= events) {
                last.lazySet((int) number, SystemTime.instance().nanoTime());
            }
        });
        System.out.println(BEGUN);
        for (SequenceReader reader : crowd.readers()) {
            while (reader.last() < events) {
                if (reader.ended() || !reader.disorder().isEmpty()) {
                    System.out.println(WRONG + " after " + reader.last() + " " + reader.disorder());
                    return;
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
        for (int i = 1; i <= events; i++) {
            System.out.println(EVENT + " " + i + " " + last.get(i));
        }
        System.out.println(COMPLETE);
    }
}
