package io.kubespring.node.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both versions on folders that stand in for the kernel's. */
class CgroupsTest {

    private static final CgroupLimits LIMITS = new CgroupLimits(1024L, 50_000L, 1L << 20, -1L);

    @TempDir
    Path root;

    private void files(String group, String... names) throws IOException {
        Files.createDirectories(root.resolve(group));
        for (String name : names) {
            Files.writeString(root.resolve(group).resolve(name), "");
        }
    }

    @Test
    void versionOneKeepsATreeForEachController() throws IOException {
        for (String controller : List.of("cpu", "cpuset", "memory", "pids", "other")) {
            Files.createDirectory(root.resolve(controller));
        }
        Files.writeString(root.resolve("cpuset/cpuset.cpus"), "0-1");
        Files.writeString(root.resolve("cpuset/cpuset.mems"), "0");
        files("cpuset/a", "cpuset.cpus", "cpuset.mems");
        var cgroups = Cgroups.at(root);
        assertThat(cgroups.version()).isEqualTo(1);
        cgroups.create("/a/b");
        assertThat(cgroups.exists("/a/b")).isTrue();
        assertThat(root.resolve("cpuset/a/cpuset.cpus")).hasContent("0-1");
        assertThat(root.resolve("other/a")).doesNotExist();

        files("cpu/a/b", "cpu.shares", "cpu.cfs_quota_us", "cpu.cfs_period_us");
        files("memory/a/b", "memory.limit_in_bytes");
        files("pids/a/b", "pids.max");
        cgroups.apply("/a/b", LIMITS);
        assertThat(root.resolve("cpu/a/b/cpu.shares")).hasContent("1024");
        assertThat(root.resolve("cpu/a/b/cpu.cfs_quota_us")).hasContent("50000");
        assertThat(root.resolve("memory/a/b/memory.limit_in_bytes")).hasContent("1048576");
        assertThat(root.resolve("pids/a/b/pids.max")).hasContent("max");
    }

    @Test
    void versionTwoHandsControllersDown() throws IOException {
        Files.writeString(root.resolve("cgroup.controllers"), "cpu memory pids");
        Files.writeString(root.resolve("cgroup.subtree_control"), "");
        var cgroups = Cgroups.at(root);
        assertThat(cgroups.version()).isEqualTo(2);
        cgroups.create("/a/b");
        assertThat(root.resolve("cgroup.subtree_control")).hasContent("+pids");
        files("a/b", "cpu.weight", "cpu.max", "memory.max", "pids.max");
        cgroups.apply("/a/b", LIMITS);
        assertThat(root.resolve("a/b/cpu.weight")).hasContent("39");
        assertThat(root.resolve("a/b/cpu.max")).hasContent("50000 100000");
        assertThat(root.resolve("a/b/memory.max")).hasContent("1048576");
    }

    @Test
    void usageLeavesOutWhatTheKernelCouldDrop() throws IOException {
        Files.writeString(root.resolve("cgroup.controllers"), "");
        files("a");
        Files.writeString(root.resolve("a/memory.current"), "1000\n");
        Files.writeString(root.resolve("a/memory.stat"), "anon 600\ninactive_file 300\n");
        Files.writeString(root.resolve("a/cpu.stat"), "usage_usec 5\nuser_usec 3\n");
        assertThat(Cgroups.at(root).usage("/a")).isEqualTo(new CgroupUsage(5000, 1000, 700, 0));
    }

    @Test
    void groupsAreRemovedFromTheLeavesUp() throws IOException {
        Files.createDirectories(root.resolve("memory/a/b/c"));
        Files.createDirectories(root.resolve("unknown/a/b"));
        var cgroups = Cgroups.at(root);
        cgroups.remove("/a");
        cgroups.remove("/a");
        assertThat(root.resolve("memory/a")).doesNotExist();
        assertThat(root.resolve("unknown/a")).doesNotExist();
    }
}
