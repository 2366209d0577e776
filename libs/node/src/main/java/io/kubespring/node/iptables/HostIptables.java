package io.kubespring.node.iptables;

import io.kubespring.node.process.CommandException;
import io.kubespring.node.process.HostCommands;
import java.io.IOException;
import java.util.List;

/** Runs the machine's own programs. */
public final class HostIptables implements Iptables {

    private static final int LOCK_WAIT_SECONDS = 5;

    private final HostCommands commands;

    public HostIptables() {
        this(HostCommands.HERE);
    }

    public HostIptables(HostCommands commands) {
        this.commands = commands;
    }

    @Override
    public void restore(String input) throws IOException {
        commands.run(
                List.of("iptables-restore", "-w", String.valueOf(LOCK_WAIT_SECONDS), "--noflush", "--counters"), input);
    }

    @Override
    public String save(String table) throws IOException {
        return commands.run(List.of("iptables-save", "-t", table), "");
    }

    @Override
    public void ensureFirst(String table, String chain, List<String> rule) throws IOException {
        if (!succeeds(table, "-C", chain, rule)) {
            commands.run(command(table, "-I", chain, rule), "");
        }
    }

    @Override
    public void remove(String table, String chain, List<String> rule) throws IOException {
        while (succeeds(table, "-C", chain, rule)) {
            commands.run(command(table, "-D", chain, rule), "");
        }
    }

    private boolean succeeds(String table, String verb, String chain, List<String> rule) throws IOException {
        try {
            commands.run(command(table, verb, chain, rule), "");
            return true;
        } catch (CommandException refused) {
            return false;
        }
    }

    private static List<String> command(String table, String verb, String chain, List<String> rule) {
        var command = new java.util.ArrayList<>(
                List.of("iptables", "-w", String.valueOf(LOCK_WAIT_SECONDS), "-t", table, verb, chain));
        command.addAll(rule);
        return command;
    }
}
