package io.kubespring.flannel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkConfigTest {

    private static NetworkConfig parse(String json) {
        return NetworkConfig.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theDefaultsAreUpstreams() {
        NetworkConfig config = parse("{\"Network\": \"10.244.0.0/16\", \"Backend\": {\"Type\": \"vxlan\"}}");
        assertThat(config.network()).hasToString("10.244.0.0/16");
        assertThat(config.vni()).isEqualTo(1);
        assertThat(config.port()).isEqualTo(8472);
        assertThat(config.mtu()).isZero();
    }

    @Test
    void everySettingIsTaken() {
        NetworkConfig config = parse(
                "{\"Network\":\"10.1.0.0/16\",\"Backend\":{\"Type\":\"vxlan\",\"VNI\":7,\"Port\":4789,\"MTU\":1300}}");
        assertThat(config.type()).isEqualTo(NetworkConfig.Type.VXLAN);
        assertThat(config.vni()).isEqualTo(7);
        assertThat(config.port()).isEqualTo(4789);
        assertThat(config.mtu()).isEqualTo(1300);
        assertThat(parse("{\"Network\":\"10.1.0.0/16\",\"Backend\":{\"Type\":\"host-gw\"}}")
                        .type())
                .isEqualTo(NetworkConfig.Type.HOST_GATEWAY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | Network",
                "{\"Network\":\"10.244.0.0\"} | Network",
                "{\"Network\":\"10.0.0.0/8\",\"EnableIPv6\":true} | only IPv4",
                "{\"Network\":\"10.0.0.0/8\",\"Backend\":{\"Type\":\"wireguard\"}} | wireguard",
                "{\"Network\":\"10.0.0.0/8\",\"Backend\":{\"DirectRouting\":true}} | DirectRouting",
                "{\"Network\":\"10.0.0.0/8\",\"Backend\":{\"VNI\":16777216}} | VNI",
                "{\"Network\":\"10.0.0.0/8\",\"Backend\":{\"Port\":\"8472; x\"}} | Port"
            })
    void whatWeCannotDoIsRefusedByName(String json, String message) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> NetworkConfig.load(Path.of("/no/such/net-conf.json")))
                .hasMessageContaining("/no/such/net-conf.json");
    }
}
