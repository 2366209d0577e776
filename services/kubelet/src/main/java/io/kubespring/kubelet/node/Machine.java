package io.kubespring.kubelet.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this machine is, read once from {@code /proc}, {@code /sys} and {@code /etc}.
 *
 * @param architecture in Go's spelling
 */
public record Machine(
        int cpus,
        long memoryBytes,
        String machineId,
        String systemUuid,
        String bootId,
        String kernelVersion,
        String osImage,
        String architecture) {

    public static Machine read() {
        return read(Path.of("/"));
    }

    static Machine read(Path root) {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                memory(root),
                text(root.resolve("etc/machine-id")),
                firstNonEmpty(
                        text(root.resolve("sys/class/dmi/id/product_uuid")), text(root.resolve("etc/machine-id"))),
                text(root.resolve("proc/sys/kernel/random/boot_id")),
                text(root.resolve("proc/sys/kernel/osrelease")),
                osImage(root),
                io.kubespring.node.image.DockerArchive.goArchitecture(System.getProperty("os.arch")));
    }

    private static long memory(Path root) {
        return text(root.resolve("proc/meminfo"))
                .lines()
                .filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) * 1024)
                .findFirst()
                .orElse(Runtime.getRuntime().maxMemory());
    }

    private static String osImage(Path root) {
        return text(root.resolve("etc/os-release"))
                .lines()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
                .findFirst()
                .orElse("Linux");
    }

    private static String firstNonEmpty(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException absent) {
            return "";
        }
    }
}
