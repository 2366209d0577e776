package io.kubespring.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StandaloneFlagsTest {

    @Test
    void withoutFlagsTheDefaultsAreUpstreams() {
        StandaloneFlags flags = StandaloneFlags.parse();
        assertThat(flags.securePort()).isEqualTo(6443);
        assertThat(flags.insecurePort()).isZero();
        assertThat(flags.serviceClusterIpRange()).isEqualTo("10.96.0.0/12");
        assertThat(flags.clusterDns()).isEqualTo("10.96.0.10");
        assertThat(Addresses.first(flags.serviceClusterIpRange())).isEqualTo("10.96.0.1");
    }

    @Test
    void etcdIsTakenWhereItIsNamedAndNothingElseIsSaidOfIt() {
        assertThat(StandaloneFlags.parse().etcd()).isEmpty();
        assertThat(StandaloneFlags.parse(
                                "--etcd-servers=https://10.0.0.1:2379,https://10.0.0.2:2379",
                                "--etcd-cafile=/pki/ca.crt")
                        .etcd())
                .containsExactly(
                        Map.entry("etcd-servers", "https://10.0.0.1:2379,https://10.0.0.2:2379"),
                        Map.entry("etcd-cafile", "/pki/ca.crt"));
    }

    @Test
    void wrongValuesNameTheirFlag() {
        assertThatThrownBy(() -> StandaloneFlags.parse("--secure-port=70000"))
                .hasMessage("invalid argument \"70000\" for \"--secure-port\": not a port");
        assertThatThrownBy(() -> StandaloneFlags.parse("--cluster-cidr=ten"))
                .hasMessage("invalid argument \"ten\" for \"--cluster-cidr\": not an IPv4 CIDR");
        assertThatThrownBy(() -> StandaloneFlags.parse("--nonsense=1")).hasMessage("unknown flag: --nonsense");
    }
}
