package io.kubespring.node.containerd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process may do, read from {@code /proc/self/status}. */
public final class Capabilities {

    private static final int SYS_RESOURCE = 24;

    private Capabilities() {}

    /** Whether OOM scores can be lowered; without it containerd must be told not to try. */
    public static boolean canLowerOomScore() {
        return has(Path.of("/proc/self/status"), SYS_RESOURCE);
    }

    static boolean has(Path status, int capability) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("CapEff:"))
                    .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                    .anyMatch(mask -> (mask >>> capability & 1) == 1);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
