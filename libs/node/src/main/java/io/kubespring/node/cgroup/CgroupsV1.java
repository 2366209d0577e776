package io.kubespring.node.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Version 1: the same path in every controller's own tree. */
final class CgroupsV1 implements Cgroups {

    private static final List<String> CONTROLLERS =
            List.of("cpu", "cpuacct", "cpuset", "memory", "pids", "blkio", "devices", "freezer", "hugetlb", "systemd");

    private final Path root;

    CgroupsV1(Path root) {
        this.root = root;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public boolean exists(String path) {
        return mounted("memory") && Files.isDirectory(group("memory", path))
                || mounted("cpu") && Files.isDirectory(group("cpu", path));
    }

    @Override
    public void create(String path) throws IOException {
        for (String controller : CONTROLLERS) {
            if (!mounted(controller)) {
                continue;
            }
            Files.createDirectories(group(controller, path));
            if (controller.equals("cpuset")) {
                inheritCpuset(path);
            }
        }
    }

    /** A new cpuset is empty and takes no process until it names processors and memory nodes. */
    private void inheritCpuset(String path) throws IOException {
        Path parent = root.resolve("cpuset");
        for (Path part : CgroupFiles.resolve(Path.of(""), path)) {
            Path child = parent.resolve(part);
            for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
                Path value = child.resolve(file);
                if (Files.exists(value) && Files.readString(value).isBlank()) {
                    CgroupFiles.write(value, Files.readString(parent.resolve(file)));
                }
            }
            parent = child;
        }
    }

    @Override
    public void apply(String path, CgroupLimits limits) throws IOException {
        if (limits.cpuShares() != null) {
            CgroupFiles.writeIfPresent(
                    file("cpu", path, "cpu.shares"), limits.cpuShares().toString());
        }
        if (limits.cpuQuotaMicros() != null) {
            CgroupFiles.writeIfPresent(
                    file("cpu", path, "cpu.cfs_period_us"), Long.toString(CgroupLimits.CPU_PERIOD_MICROS));
            CgroupFiles.writeIfPresent(
                    file("cpu", path, "cpu.cfs_quota_us"),
                    limits.cpuQuotaMicros().toString());
        }
        if (limits.memoryBytes() != null) {
            CgroupFiles.writeIfPresent(
                    file("memory", path, "memory.limit_in_bytes"),
                    limits.memoryBytes().toString());
        }
        if (limits.processes() != null) {
            CgroupFiles.writeIfPresent(
                    file("pids", path, "pids.max"),
                    limits.processes() < 0 ? "max" : limits.processes().toString());
        }
    }

    @Override
    public void remove(String path) throws IOException {
        // Every tree, not only those we made it in: the runtime adds its own.
        for (Path tree : trees()) {
            CgroupFiles.removeTree(CgroupFiles.resolve(tree, path));
        }
    }

    @Override
    public CgroupUsage usage(String path) throws IOException {
        long memory = CgroupFiles.readLong(file("memory", path, "memory.usage_in_bytes"));
        long inactive = CgroupFiles.readField(file("memory", path, "memory.stat"), "total_inactive_file");
        return new CgroupUsage(
                CgroupFiles.readLong(file("cpuacct", path, "cpuacct.usage")),
                memory,
                Math.max(0, memory - inactive),
                CgroupFiles.readLong(file("pids", path, "pids.current")));
    }

    private List<Path> trees() throws IOException {
        var trees = new ArrayList<Path>();
        try (var folders = Files.newDirectoryStream(root, Files::isDirectory)) {
            folders.forEach(trees::add);
        }
        return trees;
    }

    private boolean mounted(String controller) {
        return Files.isDirectory(root.resolve(controller));
    }

    private Path group(String controller, String path) {
        return CgroupFiles.resolve(root.resolve(controller), path);
    }

    private Path file(String controller, String path, String name) {
        return group(controller, path).resolve(name);
    }
}
