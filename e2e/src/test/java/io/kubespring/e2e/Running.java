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

/** A program that goes on while a test speaks with it; it is stopped when the test closes it. */
final class Running implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;

    Running(List<String> command) throws IOException {
        output = Files.createTempFile("kubespring-e2e", ".out");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Both streams, as far as they came. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String await(Predicate<String> shown) {
        return Shell.eventually(
                PATIENCE,
                () -> new Shell.Result(0, output()),
                result -> shown.test(result.output()) || !process.isAlive());
    }

    void say(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException ended) {
            throw new AssertionError(output(), ended);
        }
    }

    void sayNoMore() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits for it to end by itself. */
    Shell.Result awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(output())
                .isTrue();
        return new Shell.Result(process.exitValue(), output());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        process.waitFor();
        Files.delete(output);
    }
}
