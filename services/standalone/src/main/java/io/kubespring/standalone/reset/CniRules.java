package io.kubespring.standalone.reset;

import io.kubespring.node.iptables.Iptables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Chains that CNI plugins leave behind when the last Pod is gone, with the rules that lead to them. */
final class CniRules {

    private static final String PREFIX = "CNI-";

    private CniRules() {}

    static void remove(Iptables iptables) throws IOException {
        for (String table : List.of("nat", "filter")) {
            Set<String> chains = new LinkedHashSet<>();
            List<String> jumps = new ArrayList<>();
            for (String line : iptables.save(table).split("\n")) {
                if (line.startsWith(":" + PREFIX)) {
                    chains.add(line.substring(1, line.indexOf(' ')));
                } else if (line.startsWith("-A ")
                        && !line.startsWith("-A " + PREFIX)
                        && line.contains(" -j " + PREFIX)) {
                    jumps.add("-D" + line.substring(2));
                }
            }
            if (chains.isEmpty()) {
                continue;
            }
            var input = new StringBuilder("*").append(table).append('\n');
            chains.forEach(each -> input.append(':').append(each).append(" - [0:0]\n"));
            jumps.forEach(each -> input.append(each).append('\n'));
            chains.forEach(each -> input.append("-X ").append(each).append('\n'));
            iptables.restore(input.append("COMMIT\n").toString());
        }
    }
}
