package io.kubespring.kubelet.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Modes and owners of files, which the umask must not change. */
final class Ownership {

    private Ownership() {}

    static void mode(Path file, int mode) throws IOException {
        Files.setAttribute(file, "unix:mode", mode);
    }

    static void group(Path file, long group) throws IOException {
        Files.setAttribute(file, "unix:gid", (int) group, LinkOption.NOFOLLOW_LINKS);
    }

    static void user(Path file, long user) throws IOException {
        Files.setAttribute(file, "unix:uid", (int) user, LinkOption.NOFOLLOW_LINKS);
    }

    /** Gives a folder to a Pod's fsGroup: group-writable, new files inherit the group. */
    static void shareFolder(Path folder, @Nullable Long fsGroup) throws IOException {
        if (fsGroup != null) {
            group(folder, fsGroup);
            mode(folder, (int) Files.getAttribute(folder, "unix:mode") & 07777 | 02070);
        }
    }
}
