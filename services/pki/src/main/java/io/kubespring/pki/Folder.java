package io.kubespring.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/** What one component is given: a folder of copies that only its user may read. */
final class Folder {

    private final Path authorities;
    private final Path path;
    private final int owner;

    /**
     * @param authorities where the originals are
     * @param owner user id of the component's process
     */
    Folder(Path authorities, Path path, int owner) throws IOException {
        this.authorities = authorities;
        this.path = path;
        this.owner = owner;
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        own(path);
    }

    String name() {
        return path.getFileName().toString();
    }

    /** Certificate and key of that name. */
    void pair(String name) throws IOException {
        copy(name + ".crt", name + ".crt");
        copy(name + ".key", name + ".key");
    }

    /** A copy under a name of its own; one that is the same already is left alone, so that nobody reloads it. */
    void copy(String original, String name) throws IOException {
        byte[] content = Files.readAllBytes(authorities.resolve(original));
        Path target = path.resolve(name);
        if (!Files.exists(target) || !Arrays.equals(Files.readAllBytes(target), content)) {
            Path draft = path.resolve("." + name + ".new");
            Files.write(draft, content);
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        own(target);
    }

    private void own(Path file) throws IOException {
        if (!Files.getAttribute(file, "unix:uid").equals(owner)) {
            Files.setAttribute(file, "unix:uid", owner);
        }
    }
}
