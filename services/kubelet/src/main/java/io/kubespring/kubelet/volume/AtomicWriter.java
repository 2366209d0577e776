package io.kubespring.kubelet.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a set of files so that readers see all of the old ones or all of the new ones: the files live in a folder with a
 * time in its name, {@code ..data} links to that folder, and every visible name links through {@code ..data}. Replacing the
 * one link replaces everything (the layout that programs watching ConfigMap volumes know).
 */
final class AtomicWriter {

    private static final String DATA = "..data";
    private static final String NEW_DATA = "..data_tmp";
    private static final DateTimeFormatter FOLDER_NAME =
            DateTimeFormatter.ofPattern("'..'yyyy_MM_dd_HH_mm_ss.nnnnnnnnn").withZone(ZoneOffset.UTC);

    /**
     * One file.
     *
     * @param owner user id, or null for root
     */
    record Content(byte[] bytes, int mode, @Nullable Long owner) {}

    private AtomicWriter() {}

    /**
     * @param files by relative path
     * @return whether anything changed
     */
    static boolean write(Path target, Map<String, Content> files, @Nullable Long fsGroup, Instant now)
            throws IOException {
        files.keySet().forEach(AtomicWriter::check);
        Path data = target.resolve(DATA);
        Path before = Files.isSymbolicLink(data) ? target.resolve(Files.readSymbolicLink(data)) : null;
        if (before != null && sameContent(before, files)) {
            linkVisible(target, files.keySet());
            return false;
        }
        Path after = target.resolve(FOLDER_NAME.format(now));
        deleteTree(after);
        Files.createDirectory(after);
        Ownership.mode(after, 0755);
        for (var entry : files.entrySet()) {
            writeFile(after, entry.getKey(), entry.getValue(), fsGroup);
        }
        Path swap = target.resolve(NEW_DATA);
        Files.deleteIfExists(swap);
        Files.createSymbolicLink(swap, after.getFileName());
        Files.move(swap, data, StandardCopyOption.ATOMIC_MOVE);
        linkVisible(target, files.keySet());
        if (before != null) {
            deleteTree(before);
        }
        return true;
    }

    private static void check(String path) {
        if (path.isEmpty()
                || path.startsWith("/")
                || Path.of(path).startsWith("..")
                || !Path.of(path).normalize().toString().equals(path)) {
            throw new VolumeException("invalid path: " + path);
        }
    }

    private static void writeFile(Path root, String path, Content content, @Nullable Long fsGroup) throws IOException {
        Path file = root.resolve(path);
        for (Path parent = file.getParent(); parent != null && !Files.exists(parent); parent = parent.getParent()) {
            Files.createDirectories(parent);
        }
        Files.write(file, content.bytes());
        int mode = content.mode();
        if (fsGroup != null) {
            Ownership.group(file, fsGroup);
            mode |= 0440;
        }
        if (content.owner() != null) {
            Ownership.user(file, content.owner());
        }
        Ownership.mode(file, mode);
    }

    private static boolean sameContent(Path folder, Map<String, Content> files) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        Set<String> present = new HashSet<>();
        try (var walk = Files.walk(folder)) {
            walk.filter(Files::isRegularFile)
                    .forEach(file -> present.add(folder.relativize(file).toString()));
        }
        if (!present.equals(files.keySet())) {
            return false;
        }
        for (var entry : files.entrySet()) {
            if (!Arrays.equals(
                    Files.readAllBytes(folder.resolve(entry.getKey())),
                    entry.getValue().bytes())) {
                return false;
            }
        }
        return true;
    }

    private static void linkVisible(Path target, Set<String> paths) throws IOException {
        Set<String> names = new HashSet<>();
        for (String path : paths) {
            String first = Path.of(path).getName(0).toString();
            names.add(first);
            Path link = target.resolve(first);
            if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, Path.of(DATA, first));
            }
        }
        try (var present = Files.newDirectoryStream(target)) {
            for (Path file : present) {
                String name = file.getFileName().toString();
                if (!name.startsWith("..") && !names.contains(name)) {
                    Files.delete(file);
                }
            }
        }
    }

    static void deleteTree(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (NoSuchFileException absent) {
            // Nothing to delete.
        }
    }
}
