package io.kubespring.e2e.store;

import io.kubespring.e2e.Shell;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A small file system on a device of its own. What was written to it and not synced is in the machine's memory only, so a
 * copy of the device is what a power cut at that moment would have left.
 */
final class BlockDevice implements AutoCloseable {

    private final Path image;
    private final Path folder;

    private BlockDevice(Path image, Path folder) {
        this.image = image;
        this.folder = folder;
    }

    static BlockDevice make(Path image, int megabytes) throws IOException {
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) megabytes << 20);
        }
        run("mkfs.ext4", "-q", "-m", "0", image.toString());
        return mount(image);
    }

    private static BlockDevice mount(Path image) throws IOException {
        Path folder = Files.createDirectories(image.resolveSibling(image.getFileName() + ".mounted"));
        // The journal is committed when somebody asks for it, not every five seconds.
        run("mount", "-o", "loop,commit=600", image.toString(), folder.toString());
        return new BlockDevice(image, folder);
    }

    /** Where it is mounted. */
    Path folder() {
        return folder;
    }

    /** The device as a power cut now would leave it, mounted again. */
    BlockDevice afterPowerCut(Path copy) throws IOException {
        Files.copy(image, copy);
        return mount(copy);
    }

    private static void run(String... command) {
        Shell.run(Path.of("/"), "", List.of(command)).ok();
    }

    @Override
    public void close() {
        Shell.run(Path.of("/"), "", List.of("umount", folder.toString()));
    }
}
