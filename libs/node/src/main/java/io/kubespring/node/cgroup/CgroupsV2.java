package io.kubespring.node.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Version 2: one tree, whose parents hand controllers down. */
final class CgroupsV2 implements Cgroups {

    private static final List<String> CONTROLLERS = List.of("cpu", "cpuset", "memory", "pids", "io", "hugetlb");

    private final Path root;

    CgroupsV2(Path root) {
        this.root = root;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public boolean exists(String path) {
        return Files.isDirectory(group(path));
    }

    @Override
    public void create(String path) throws IOException {
        Path parent = root;
        for (Path part : CgroupFiles.resolve(Path.of(""), path)) {
            enableControllers(parent);
            parent = parent.resolve(part);
            Files.createDirectories(parent);
        }
        enableControllers(parent);
    }

    private static void enableControllers(Path group) throws IOException {
        Path available = group.resolve("cgroup.controllers");
        if (!Files.exists(available)) {
            return;
        }
        var offered = List.of(Files.readString(available).strip().split("\\s+"));
        for (String controller : CONTROLLERS) {
            if (offered.contains(controller)) {
                CgroupFiles.writeIfPresent(group.resolve("cgroup.subtree_control"), "+" + controller);
            }
        }
    }

    @Override
    public void apply(String path, CgroupLimits limits) throws IOException {
        Path group = group(path);
        if (limits.cpuShares() != null) {
            CgroupFiles.writeIfPresent(group.resolve("cpu.weight"), Long.toString(weight(limits.cpuShares())));
        }
        if (limits.cpuQuotaMicros() != null) {
            String quota = limits.cpuQuotaMicros() < 0
                    ? "max"
                    : limits.cpuQuotaMicros().toString();
            CgroupFiles.writeIfPresent(group.resolve("cpu.max"), quota + " " + CgroupLimits.CPU_PERIOD_MICROS);
        }
        if (limits.memoryBytes() != null) {
            CgroupFiles.writeIfPresent(group.resolve("memory.max"), maxOr(limits.memoryBytes()));
        }
        if (limits.processes() != null) {
            CgroupFiles.writeIfPresent(group.resolve("pids.max"), maxOr(limits.processes()));
        }
    }

    /** Version 1's 2…262144 onto version 2's 1…10000, as the KEP on cgroups v2 maps them. */
    static long weight(long shares) {
        return 1 + (shares - 2) * 9999 / 262142;
    }

    private static String maxOr(long value) {
        return value < 0 ? "max" : Long.toString(value);
    }

    @Override
    public void remove(String path) throws IOException {
        CgroupFiles.removeTree(group(path));
    }

    @Override
    public CgroupUsage usage(String path) throws IOException {
        Path group = group(path);
        long memory = CgroupFiles.readLong(group.resolve("memory.current"));
        long inactive = CgroupFiles.readField(group.resolve("memory.stat"), "inactive_file");
        return new CgroupUsage(
                CgroupFiles.readField(group.resolve("cpu.stat"), "usage_usec") * 1000,
                memory,
                Math.max(0, memory - inactive),
                CgroupFiles.readLong(group.resolve("pids.current")));
    }

    private Path group(String path) {
        return CgroupFiles.resolve(root, path);
    }
}
