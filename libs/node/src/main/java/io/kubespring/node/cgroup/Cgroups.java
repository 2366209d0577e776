package io.kubespring.node.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Control groups by path ({@code /kubepods/burstable/pod…}), the same for both versions: version 1 keeps one tree a
 * controller, version 2 one tree for all.
 */
public interface Cgroups {

    boolean exists(String path);

    /** Makes the group and its parents, with controllers enabled on the way. Idempotent. */
    void create(String path) throws IOException;

    void apply(String path, CgroupLimits limits) throws IOException;

    /** Removes the group and the empty ones below it; what is absent is fine. */
    void remove(String path) throws IOException;

    CgroupUsage usage(String path) throws IOException;

    /** The version that is mounted. */
    int version();

    /** The host's, whichever version it has. */
    static Cgroups host() {
        return at(Path.of("/sys/fs/cgroup"));
    }

    static Cgroups at(Path root) {
        return Files.exists(root.resolve("cgroup.controllers")) ? new CgroupsV2(root) : new CgroupsV1(root);
    }
}
