package io.kubespring.node.iptables;

import java.io.IOException;
import java.util.List;

/**
 * A machine's iptables. Changes go through {@code iptables-restore --noflush}: a whole input takes effect at once or not
 * at all, and what it does not name stays.
 */
public interface Iptables {

    /** Applies an input of {@code iptables-restore}. */
    void restore(String input) throws IOException;

    /** The rules of one table, as {@code iptables-save} prints them. */
    String save(String table) throws IOException;

    /** Adds a rule as the first of a built-in chain, unless it is there. */
    void ensureFirst(String table, String chain, List<String> rule) throws IOException;

    /** Removes a rule if it is there. */
    void remove(String table, String chain, List<String> rule) throws IOException;
}
