package io.kubespring.node.mount;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Mounts on the host. An interface so that volumes can be tested without root. */
public interface Mounts {

    boolean isMounted(Path target) throws IOException;

    /** Mount points in {@code folder} and below it, deepest first. */
    List<Path> below(Path folder) throws IOException;

    /** @param options such as {@code size=64Mi} in the kernel's spelling */
    void mountTmpfs(Path target, List<String> options) throws IOException;

    /** Makes {@code target} show {@code source}, a folder or a file. */
    void bind(Path source, Path target) throws IOException;

    void unmount(Path target) throws IOException;

    /** The host's own, through {@code mount} and {@code umount}. */
    static Mounts host() {
        return new HostMounts(Path.of("/proc/self/mountinfo"));
    }

    /** Decodes the octal escapes of {@code /proc/self/mountinfo}. */
    static String unescape(String field) {
        var out = new StringBuilder();
        for (int at = 0; at < field.length(); at++) {
            char each = field.charAt(at);
            if (each == '\\' && at + 3 < field.length()) {
                out.append((char) Integer.parseInt(field.substring(at + 1, at + 4), 8));
                at += 3;
            } else {
                out.append(each);
            }
        }
        return new String(out.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
