package io.kubespring.standalone.host;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.node.host.Inventory;
import io.kubespring.node.iptables.Iptables;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignRulesTest {

    @TempDir
    Path folder;

    /** A kernel that holds the rules of some cluster. */
    private static final class Ruled implements Iptables {
        @Override
        public void restore(String input) {}

        @Override
        public String save(String table) {
            return "*nat\n:PREROUTING ACCEPT [0:0]\n:KUBE-SERVICES - [0:0]\nCOMMIT\n";
        }

        @Override
        public void ensureFirst(String table, String chain, List<String> rule) {}

        @Override
        public void remove(String table, String chain, List<String> rule) {}
    }

    @Test
    void rulesOfAnotherClusterAreLeftAlone() {
        var inventory = new Inventory(folder.resolve("inventory"));
        assertThatThrownBy(() -> ForeignRules.refuse(new Ruled(), inventory))
                .hasMessageContaining("another Kubernetes has its Service rules on this machine");
    }

    @Test
    void ourOwnRulesAreTakenOver() {
        var inventory = new Inventory(folder.resolve("inventory"));
        inventory.record(Inventory.Kind.NODE, "n1", "192.0.2.1");
        assertThatCode(() -> ForeignRules.refuse(new Ruled(), inventory)).doesNotThrowAnyException();
    }
}
