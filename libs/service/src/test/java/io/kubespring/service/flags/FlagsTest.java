package io.kubespring.service.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlagsTest {

    record Sample(int securePort, String serviceClusterIpRange, boolean allowPrivileged) {}

    record Shared(boolean leaderElect) {}

    private final Flags flags = new Flags("sample", List.of(Sample.class, Shared.class));

    @Test
    void plainFlagsBecomeThePropertiesOfTheComponent() {
        assertThat(flags.toProperties("--secure-port=6443", "--service-cluster-ip-range", "10.96.0.0/12"))
                .containsExactly(
                        "--kubespring.sample.secure-port=6443",
                        "--kubespring.sample.service-cluster-ip-range=10.96.0.0/12");
    }

    @Test
    void aSwitchNeedsNoValue() {
        assertThat(flags.toProperties("--allow-privileged", "--secure-port", "1"))
                .containsExactly("--kubespring.sample.allow-privileged=true", "--kubespring.sample.secure-port=1");
    }

    @Test
    void flagsThatComponentsShareAreTheComponentsOwn() {
        assertThat(flags.toProperties("--leader-elect")).containsExactly("--kubespring.sample.leader-elect=true");
        assertThat(flags.names()).contains("leader-elect", "secure-port");
    }

    @Test
    void bootsOwnPropertiesPassThrough() {
        assertThat(flags.toProperties("--logging.level.root=debug")).containsExactly("--logging.level.root=debug");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> flags.toProperties("--secure-prt=1")).hasMessage("unknown flag: --secure-prt");
        assertThatThrownBy(() -> flags.toProperties("--secure-port"))
                .hasMessage("flag needs an argument: --secure-port");
        assertThatThrownBy(() -> flags.toProperties("serve")).hasMessage("unknown command \"serve\"");
    }
}
