package io.kubespring.node.cni;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeNetworkTest {

    @TempDir
    Path folder;

    @Test
    void podsGetAddressesOfTheNodesRangeOnTheBridge() throws Exception {
        Path file = folder.resolve("net.d/10-test.conflist");
        new BridgeNetwork("test", Path.of("/leases"), 1450, false).write(file, "10.244.3.0/24");
        var bridge = Json.readObject(Files.readAllBytes(file)).path("plugins").path(0);
        assertThat(bridge.path("bridge").asString()).isEqualTo("cni0");
        assertThat(bridge.path("mtu").asInt()).isEqualTo(1450);
        assertThat(bridge.path("ipMasq").asBoolean()).isFalse();
        assertThat(bridge.at("/ipam/ranges/0/0/subnet").asString()).isEqualTo("10.244.3.0/24");
    }

    @Test
    void aFileThatIsRightIsLeftAlone() throws Exception {
        Path file = folder.resolve("10-test.conflist");
        var network = new BridgeNetwork("test", Path.of("/leases"), 0, true);
        network.write(file, "10.244.3.0/24");
        var longAgo = FileTime.fromMillis(1_000);
        Files.setLastModifiedTime(file, longAgo);
        network.write(file, "10.244.3.0/24");
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(longAgo);
        network.write(file, "10.244.4.0/24");
        assertThat(Files.readString(file)).contains("10.244.4.0/24");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
