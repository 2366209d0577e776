package io.kubespring.node.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryTest {

    @TempDir
    Path folder;

    @Test
    void theFirstValueIsTheOriginalOneAndStays() {
        new Inventory(folder.resolve("inventory")).record(Inventory.Kind.SYSCTL, "net.ipv4.ip_forward", "0");
        var again = new Inventory(folder.resolve("inventory"));
        again.record(Inventory.Kind.SYSCTL, "net.ipv4.ip_forward", "1");
        assertThat(again.entries(Inventory.Kind.SYSCTL)).isEqualTo(Map.of("net.ipv4.ip_forward", "0"));
    }

    @Test
    void onlyPathsThatWereNotThereAreOurs() throws Exception {
        var inventory = new Inventory(folder.resolve("inventory"));
        Path there = Files.createDirectory(folder.resolve("there"));
        inventory.recordNewPaths(there, folder.resolve("new"));
        assertThat(inventory.entries(Inventory.Kind.PATH))
                .containsOnlyKeys(folder.resolve("new").toString());
    }

    @Test
    void sysctlsAreSetAndPutBack() throws Exception {
        Path file = folder.resolve("net/ipv4/ip_forward");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "0\n");
        var inventory = new Inventory(folder.resolve("inventory"));
        var sysctls = new Sysctls(folder, inventory);
        sysctls.apply();
        assertThat(file).hasContent("1");
        sysctls.apply();
        sysctls.restore();
        assertThat(file).hasContent("0");
    }

    @Test
    void theDefaultRouteNamesTheInterface() {
        assertThat(NodeAddress.defaultInterface(java.util.List.of(
                        "Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT",
                        "eth0 000200C0 00000000 0001 0 0 0 00FFFFFF 0 0 0",
                        "eth0 00000000 010200C0 0003 0 0 0 00000000 0 0 0")))
                .isEqualTo("eth0");
    }
}
