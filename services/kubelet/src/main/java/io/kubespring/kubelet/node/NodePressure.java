package io.kubespring.kubelet.node;

import io.kubespring.kubelet.config.NodeSettings;
import io.kubespring.node.proc.ProcFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the machine runs short of memory, disk or processes, by the hard eviction thresholds. */
public final class NodePressure {

    private static final double FEW_PROCESSES = 0.05;

    private final NodeResources resources;
    private final Path proc;
    private final Path disk;
    private final boolean memoryWatched;
    private final boolean diskWatched;

    /** @param disk a folder on the file system that Pods write to */
    public NodePressure(NodeResources resources, NodeSettings settings, Path proc, Path disk) {
        this.resources = resources;
        this.proc = proc;
        this.disk = disk;
        this.memoryWatched = settings.evictionHard().containsKey("memory.available");
        this.diskWatched = settings.evictionHard().containsKey("nodefs.available");
    }

    /** Bytes of memory that are free or could be freed at once; -1 where unknown. */
    public long memoryAvailable() {
        try {
            for (String line : Files.readAllLines(proc.resolve("meminfo"))) {
                if (line.startsWith("MemAvailable:")) {
                    return Long.parseLong(line.replaceAll("\\D+", "")) * 1024;
                }
            }
            return -1;
        } catch (IOException unreadable) {
            return -1;
        }
    }

    /** Whether less is available than the hard eviction threshold. */
    public boolean memory() {
        long available = memoryAvailable();
        return memoryWatched && available >= 0 && available < resources.eviction("memory.available", total());
    }

    private long total() {
        return resources.allocatableMemory() + resources.eviction("memory.available", 0);
    }

    boolean disk() {
        try {
            var store = Files.getFileStore(disk);
            long threshold = resources.eviction("nodefs.available", store.getTotalSpace());
            return diskWatched && store.getUsableSpace() < threshold;
        } catch (IOException unreadable) {
            return false;
        }
    }

    boolean processes() {
        try {
            long most = Long.parseLong(ProcFile.read(proc.resolve("sys/kernel/pid_max")));
            // "running/total" is the fourth field.
            String counts = Files.readString(proc.resolve("loadavg")).split(" ")[3];
            long now = Long.parseLong(counts.substring(counts.indexOf('/') + 1));
            return most - now < most * FEW_PROCESSES;
        } catch (IOException | RuntimeException unreadable) {
            return false;
        }
    }
}
