package io.kubespring.node.iptables;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the machine's own programs. */
public final class HostIptables implements Iptables {

    private static final int LOCK_WAIT_SECONDS = 5;
    private static final int PATIENCE_SECONDS = 60;

    @Override
    public void restore(String input) throws IOException {
        run(List.of("iptables-restore", "-w", String.valueOf(LOCK_WAIT_SECONDS), "--noflush", "--counters"), input);
    }

    @Override
    public String save(String table) throws IOException {
        return run(List.of("iptables-save", "-t", table), "");
    }

    @Override
    public void ensureFirst(String table, String chain, List<String> rule) throws IOException {
        if (!succeeds(table, "-C", chain, rule)) {
            run(command(table, "-I", chain, rule), "");
        }
    }

    @Override
    public void remove(String table, String chain, List<String> rule) throws IOException {
        while (succeeds(table, "-C", chain, rule)) {
            run(command(table, "-D", chain, rule), "");
        }
    }

    private static boolean succeeds(String table, String verb, String chain, List<String> rule) throws IOException {
        try {
            run(command(table, verb, chain, rule), "");
            return true;
        } catch (IptablesException refused) {
            return false;
        }
    }

    private static List<String> command(String table, String verb, String chain, List<String> rule) {
        var command = new java.util.ArrayList<>(
                List.of("iptables", "-w", String.valueOf(LOCK_WAIT_SECONDS), "-t", table, verb, chain));
        command.addAll(rule);
        return command;
    }

    private static String run(List<String> command, String input) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IptablesException(command.getFirst() + " does not end");
            }
            if (process.exitValue() != 0) {
                throw new IptablesException(String.join(" ", command) + ": " + output.strip());
            }
            return output;
        } catch (InterruptedException stopping) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IptablesException(command.getFirst() + " was interrupted");
        }
    }
}
