package io.kubespring.node.mount;

import io.kubespring.node.process.HostCommands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Mounts by the host's {@code mount} and {@code umount} tools; what is mounted is read from the kernel. */
final class HostMounts implements Mounts {

    private static final int MOUNT_POINT_FIELD = 4;

    private final Path mountInfo;

    HostMounts(Path mountInfo) {
        this.mountInfo = mountInfo;
    }

    @Override
    public boolean isMounted(Path target) throws IOException {
        return mountPoints().contains(target.toAbsolutePath().normalize());
    }

    @Override
    public List<Path> below(Path folder) throws IOException {
        Path top = folder.toAbsolutePath().normalize();
        return mountPoints().stream()
                .filter(point -> point.startsWith(top))
                .sorted(Comparator.comparing(Path::getNameCount).reversed())
                .toList();
    }

    private List<Path> mountPoints() throws IOException {
        try (var lines = Files.lines(mountInfo, StandardCharsets.ISO_8859_1)) {
            return lines.map(line -> Path.of(Mounts.unescape(line.split(" ", -1)[MOUNT_POINT_FIELD])))
                    .toList();
        }
    }

    @Override
    public void mountTmpfs(Path target, List<String> options) throws IOException {
        var command = new ArrayList<>(List.of("mount", "-t", "tmpfs"));
        if (!options.isEmpty()) {
            command.addAll(List.of("-o", String.join(",", options)));
        }
        command.addAll(List.of("tmpfs", target.toString()));
        run(command);
    }

    @Override
    public void bind(Path source, Path target) throws IOException {
        run(List.of("mount", "--bind", source.toString(), target.toString()));
    }

    @Override
    public void unmount(Path target) throws IOException {
        run(List.of("umount", target.toString()));
    }

    private static void run(List<String> command) throws IOException {
        HostCommands.HERE.run(command, "");
    }
}
