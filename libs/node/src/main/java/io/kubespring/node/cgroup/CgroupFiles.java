package io.kubespring.node.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reading and writing the small files of a control group. */
final class CgroupFiles {

    private CgroupFiles() {}

    static void write(Path file, String value) throws IOException {
        // Never created: a missing file is a controller that is not there.
        Files.writeString(file, value, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    static void writeIfPresent(Path file, String value) throws IOException {
        if (Files.exists(file)) {
            write(file, value);
        }
    }

    /** The number in a one-value file; 0 where the file is absent. */
    static long readLong(Path file) throws IOException {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (NoSuchFileException absent) {
            return 0;
        }
    }

    /** The number behind {@code key} in a file of "key value" lines; 0 where it is absent. */
    static long readField(Path file, String key) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(key + " ")) {
                return Long.parseLong(line.substring(key.length() + 1).strip());
            }
        }
        return 0;
    }

    /** Removes a group from the leaves up. */
    static void removeTree(Path group) throws IOException {
        if (!Files.isDirectory(group)) {
            return;
        }
        try (var children = Files.newDirectoryStream(group, Files::isDirectory)) {
            for (Path child : children) {
                removeTree(child);
            }
        } catch (NoSuchFileException | NotDirectoryException gone) {
            return;
        }
        Files.deleteIfExists(group);
    }

    static Path resolve(Path root, String path) {
        return root.resolve(path.startsWith("/") ? path.substring(1) : path);
    }
}
