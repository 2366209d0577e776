package io.kubespring.kubelet.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of a volume that is mounted on its own. Never leaves the volume, whatever links a container put there. */
public final class SubPath {

    private SubPath() {}

    /**
     * The real place of {@code subPath}; missing folders are made.
     *
     * @throws VolumeException where it would leave the volume
     */
    public static Path resolve(Path volume, String subPath) throws IOException {
        Path relative = Path.of(subPath);
        if (relative.isAbsolute() || contains(relative, "..")) {
            throw new VolumeException("must not contain '..': " + subPath);
        }
        Path root = volume.toRealPath();
        Path current = root;
        for (Path part : relative) {
            Path next = current.resolve(part);
            if (!Files.exists(next)) {
                Files.createDirectory(next);
                Ownership.mode(next, (int) Files.getAttribute(root, "unix:mode") & 07777);
            }
            current = next.toRealPath();
            if (!current.startsWith(root)) {
                throw new VolumeException("subpath \"" + subPath + "\" not within volume path");
            }
        }
        return current;
    }

    private static boolean contains(Path path, String name) {
        for (Path part : path) {
            if (part.toString().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
