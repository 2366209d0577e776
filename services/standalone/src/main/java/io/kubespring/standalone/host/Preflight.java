package io.kubespring.standalone.host;

import io.kubespring.node.host.HostException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Looks before anything is changed: each complaint is one sentence. */
public final class Preflight {

    private Preflight() {}

    /** @param ports by the name of what is to listen there */
    public static void check(Map<String, Integer> ports) {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new HostException("the node agents need root");
        }
        for (String program : new String[] {"containerd", "runc", "iptables", "iptables-restore", "ip", "conntrack"}) {
            if (find(program).isEmpty()) {
                throw new HostException("missing on this machine: " + program);
            }
        }
        ports.forEach(Preflight::requireFree);
    }

    /** Where a program stands on the PATH. */
    public static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        for (String directory : path.split(":")) {
            Path candidate = Path.of(directory, program);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static void requireFree(String name, int port) {
        if (port == 0) {
            return;
        }
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        } catch (IOException taken) {
            throw new HostException("port " + port + " of the " + name + " is in use by another process");
        }
    }
}
