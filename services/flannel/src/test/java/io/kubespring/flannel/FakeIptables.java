package io.kubespring.flannel;

import io.kubespring.node.iptables.Iptables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prints back what it was given, as one that writes each rule as it reads it. */
public final class FakeIptables implements Iptables {

    private final Map<String, List<String>> tables = new HashMap<>();
    private int restores;

    public synchronized int restores() {
        return restores;
    }

    /** Takes everything out of a table, as some other program would. */
    public synchronized void flush(String table) {
        tables.remove(table);
    }

    @Override
    public synchronized void restore(String input) {
        restores++;
        List<String> table = new ArrayList<>();
        for (String line : input.lines().toList()) {
            if (line.startsWith("*")) {
                table = tables.computeIfAbsent(line.substring(1), any -> new ArrayList<>());
            } else if (line.startsWith(":")) {
                String chain = line.substring(1, line.indexOf(' '));
                table.removeIf(each -> each.startsWith("-A " + chain + " "));
            } else if (line.startsWith("-A ")) {
                table.add(line);
            }
        }
    }

    @Override
    public synchronized String save(String table) {
        return String.join("\n", tables.getOrDefault(table, List.of()));
    }

    @Override
    public void ensureFirst(String table, String chain, List<String> rule) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void remove(String table, String chain, List<String> rule) {
        throw new UnsupportedOperationException();
    }
}
