package io.kubespring.flannel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.flannel.FakeIptables;
import io.kubespring.flannel.subnet.Ipv4Range;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TrafficRulesTest {

    private static final Ipv4Range NETWORK = Objects.requireNonNull(Ipv4Range.parse("10.244.0.0/16"));
    private static final Ipv4Range OWN = Objects.requireNonNull(Ipv4Range.parse("10.244.1.0/24"));

    private final FakeIptables iptables = new FakeIptables();

    @Test
    void podsAreHiddenOutsideTheClusterAndSeenInside() throws IOException {
        new TrafficRules(iptables, true).ensure(NETWORK, OWN);
        assertThat(iptables.save("nat")
                        .lines()
                        .map(each -> each.replace(" -m comment --comment \"flanneld masq\"", "")))
                .containsExactly(
                        "-A FLANNEL-POSTRTG -m mark --mark 0x4000/0x4000 -j RETURN",
                        "-A FLANNEL-POSTRTG -s 10.244.1.0/24 -d 10.244.0.0/16 -j RETURN",
                        "-A FLANNEL-POSTRTG -s 10.244.0.0/16 -d 10.244.1.0/24 -j RETURN",
                        "-A FLANNEL-POSTRTG ! -s 10.244.0.0/16 -d 10.244.1.0/24 -j RETURN",
                        "-A FLANNEL-POSTRTG -s 10.244.0.0/16 ! -d 224.0.0.0/4 -j MASQUERADE --random-fully",
                        "-A FLANNEL-POSTRTG ! -s 10.244.0.0/16 -d 10.244.0.0/16 -j MASQUERADE --random-fully",
                        "-A POSTROUTING -j FLANNEL-POSTRTG");
        assertThat(iptables.save("filter")).contains("-A FLANNEL-FWD", "-A FORWARD ");
    }

    @Test
    void rulesThatAreRightAreLeftAloneAndThoseThatAreGoneComeBack() throws IOException {
        var rules = new TrafficRules(iptables, true);
        rules.ensure(NETWORK, OWN);
        int written = iptables.restores();
        String nat = iptables.save("nat");
        rules.ensure(NETWORK, OWN);
        assertThat(iptables.restores()).isEqualTo(written);

        iptables.flush("nat");
        rules.ensure(NETWORK, OWN);
        assertThat(iptables.save("nat")).isEqualTo(nat);
        assertThat(iptables.restores()).isEqualTo(written + 1);
    }

    @Test
    void afterARestartTheRuleThatLeadsThereIsThereOnce() throws IOException {
        new TrafficRules(iptables, true).ensure(NETWORK, OWN);
        new TrafficRules(iptables, true).ensure(NETWORK, OWN);
        assertThat(iptables.save("nat").lines().filter(each -> each.startsWith("-A POSTROUTING")))
                .hasSize(1);
    }

    @Test
    void withoutMasqueradingNothingIsHidden() throws IOException {
        new TrafficRules(iptables, false).ensure(NETWORK, OWN);
        assertThat(iptables.save("nat")).isEmpty();
    }
}
