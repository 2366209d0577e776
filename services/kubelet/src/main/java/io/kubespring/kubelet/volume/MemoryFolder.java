package io.kubespring.kubelet.volume;

import io.kubespring.node.mount.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Folders that live in memory, so that secrets never reach the disk. */
final class MemoryFolder {

    private final Mounts mounts;

    MemoryFolder(Mounts mounts) {
        this.mounts = mounts;
    }

    /** @param options such as a size; empty for the kernel's half of the memory */
    void create(Path folder, int mode, List<String> options) throws IOException {
        Files.createDirectories(folder);
        if (!mounts.isMounted(folder)) {
            mounts.mountTmpfs(folder, options);
            Ownership.mode(folder, mode);
        }
    }
}
