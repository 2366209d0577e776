package io.kubespring.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Runs programs as a person at a terminal would, and waits for what they say. */
public final class Shell {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Shell() {}

    /** @param output both streams, as they came */
    public record Result(int exit, String output) {
        /** Fails the test with the output where the exit code is not zero. */
        public String ok() {
            assertThat(exit).as(output).isZero();
            return output;
        }
    }

    public static Result run(Path directory, String input, List<String> command) {
        try {
            Path output = Files.createTempFile("kubespring-e2e", ".out");
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException endedBefore) {
                // it did not want the input
            }
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not end: " + Files.readString(output));
            }
            String text = Files.readString(output);
            Files.delete(output);
            return new Result(process.exitValue(), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopping);
        }
    }

    /** Repeats until the output satisfies; for what a cluster does in its own time. */
    public static String eventually(
            Duration patience, java.util.function.Supplier<Result> attempt, Predicate<Result> satisfied) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Result result = attempt.get();
            if (satisfied.test(result)) {
                return result.output();
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still not after " + patience + ": " + result);
            }
            try {
                Thread.sleep(250);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new AssertionError(stopping);
            }
        }
    }
}
