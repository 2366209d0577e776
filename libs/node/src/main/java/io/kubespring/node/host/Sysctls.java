package io.kubespring.node.host;

import io.kubespring.node.proc.ProcFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Sets kernel parameters, remembering what they were. A parameter that this kernel lacks is left out. */
public final class Sysctls {

    /** What pod networking needs: forwarding, and bridged packets passing through iptables. */
    private static final Map<String, String> NEEDED = Map.of(
            "net.ipv4.ip_forward", "1",
            "net.bridge.bridge-nf-call-iptables", "1",
            "net.ipv4.conf.all.route_localnet", "1");

    private final Path root;
    private final Inventory inventory;

    public Sysctls(Inventory inventory) {
        this(Path.of("/proc/sys"), inventory);
    }

    /** @param root {@code /proc/sys} */
    public Sysctls(Path root, Inventory inventory) {
        this.root = root;
        this.inventory = inventory;
    }

    public void apply() {
        NEEDED.forEach(this::set);
    }

    private void set(String name, String wanted) {
        Path file = file(name);
        if (!Files.exists(file)) {
            return;
        }
        try {
            String current = ProcFile.read(file);
            if (!current.equals(wanted)) {
                inventory.record(Inventory.Kind.SYSCTL, name, current);
                Files.writeString(file, wanted);
            }
        } catch (IOException failure) {
            throw new HostException("cannot set sysctl " + name + " to " + wanted + ": " + failure.getMessage());
        }
    }

    /** Puts back every value that {@link #apply} changed. */
    public void restore() {
        inventory.entries(Inventory.Kind.SYSCTL).forEach((name, former) -> {
            try {
                if (Files.exists(file(name))) {
                    Files.writeString(file(name), former);
                }
            } catch (IOException failure) {
                throw new UncheckedIOException("cannot restore sysctl " + name, failure);
            }
        });
    }

    private Path file(String name) {
        return root.resolve(name.replace('.', '/'));
    }
}
