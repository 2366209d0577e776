package io.kubespring.proxy.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleTableTest {

    private final RuleTable table = new RuleTable("nat");

    @Test
    void onlyWhatChangedIsWritten() {
        table.put("A", List.of("-j ACCEPT"));
        table.put("B", List.of("-j DROP"));
        assertThat(table.render()).contains(":A - [0:0]", "-A A -j ACCEPT", "-A B -j DROP");
        table.applied();
        assertThat(table.render()).isEmpty();

        table.put("A", List.of("-j ACCEPT"));
        table.put("B", List.of("-j RETURN"));
        assertThat(table.render()).isEqualTo("*nat\n:B - [0:0]\n-A B -j RETURN\nCOMMIT\n");
    }

    @Test
    void aChainNobodyWantsIsEmptiedThenRemoved() {
        table.put("A", List.of("-j ACCEPT"));
        table.render();
        table.applied();
        table.remove("A");
        assertThat(table.render()).isEqualTo("*nat\n:A - [0:0]\n-X A\nCOMMIT\n");
    }

    @Test
    void afterAResyncStrayChainsGoAndAllIsWritten() {
        table.put("A", List.of("-j ACCEPT"));
        table.render();
        table.applied();
        table.resync(Set.of("A", "STRAY"));
        assertThat(table.render()).contains("-A A -j ACCEPT", "-X STRAY");
    }
}
