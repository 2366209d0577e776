package io.kubespring.proxy.iptables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The chains of one table as they should be, and as the kernel was last told. Renders only what differs: a changed chain
 * is rewritten, a chain that nobody wants is removed after its users are.
 */
final class RuleTable {

    private final String name;
    private final Map<String, List<String>> wanted = new HashMap<>();
    private final Set<String> dirty = new HashSet<>();
    private final Set<String> known = new HashSet<>();

    RuleTable(String name) {
        this.name = name;
    }

    void put(String chain, List<String> rules) {
        List<String> before = wanted.put(chain, rules);
        if (!rules.equals(before)) {
            dirty.add(chain);
        }
    }

    void remove(String chain) {
        if (wanted.remove(chain) != null) {
            dirty.add(chain);
        }
    }

    /** Forgets what the kernel was told: everything is written again, and chains found there that are not wanted go. */
    void resync(Set<String> found) {
        known.clear();
        known.addAll(found);
        dirty.addAll(wanted.keySet());
        dirty.addAll(found);
    }

    boolean isDirty() {
        return !dirty.isEmpty();
    }

    /** The input for iptables-restore that brings the kernel up to date, empty if it is. */
    String render() {
        if (dirty.isEmpty()) {
            return "";
        }
        var text = new StringBuilder("*").append(name).append('\n');
        List<String> gone = new ArrayList<>();
        for (String chain : dirty) {
            if (wanted.containsKey(chain) || known.contains(chain)) {
                text.append(':').append(chain).append(" - [0:0]\n");
            }
            if (!wanted.containsKey(chain) && known.contains(chain)) {
                gone.add(chain);
            }
        }
        for (String chain : dirty) {
            for (String rule : wanted.getOrDefault(chain, List.of())) {
                text.append("-A ").append(chain).append(' ').append(rule).append('\n');
            }
        }
        gone.forEach(chain -> text.append("-X ").append(chain).append('\n'));
        return text.append("COMMIT\n").toString();
    }

    /** The kernel took what was rendered. */
    void applied() {
        for (String chain : dirty) {
            if (wanted.containsKey(chain)) {
                known.add(chain);
            } else {
                known.remove(chain);
            }
        }
        dirty.clear();
    }
}
