package io.kubespring.node.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs of the machine and waits for them, never for more than a minute.
 *
 * @param prefix what stands before each command, such as {@code nsenter --net=FILE}; empty in production
 */
public record HostCommands(List<String> prefix) {

    /** In the network that this process is in. */
    public static final HostCommands HERE = new HostCommands(List.of());

    private static final int PATIENCE_SECONDS = 60;

    public HostCommands {
        prefix = List.copyOf(prefix);
    }

    /** @return what it prints */
    public String run(String... command) throws IOException {
        return run(List.of(command), "");
    }

    /**
     * @param input for its standard input
     * @return what it prints
     * @throws CommandException if its exit code is not 0, with what it printed
     */
    public String run(List<String> command, String input) throws IOException {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        try {
            String output = exchange(process, input);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new CommandException(command.getFirst() + " does not end");
            }
            if (process.exitValue() != 0) {
                throw new CommandException(String.join(" ", command) + ": " + output.strip());
            }
            return output;
        } catch (InterruptedException stopping) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new CommandException(command.getFirst() + " was interrupted");
        }
    }

    /** A program that ends without reading all of its input says why in its output, which matters more. */
    private static String exchange(Process process, String input) throws IOException {
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException ended) {
            if (process.isAlive()) {
                throw ended;
            }
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
