package io.kubespring.standalone.reset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The control groups of Pods, in every hierarchy; a group that still has processes is another cluster's and stays. */
final class Cgroups {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final String PODS = "kubepods";

    private Cgroups() {}

    static void removePods() throws IOException {
        removeTree(ROOT.resolve(PODS));
        List<Path> hierarchies;
        try (Stream<Path> folders = Files.list(ROOT)) {
            hierarchies = folders.filter(Files::isDirectory).toList();
        }
        for (Path each : hierarchies) {
            removeTree(each.resolve(PODS));
        }
    }

    private static void removeTree(Path top) throws IOException {
        if (!Files.isDirectory(top)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> folders = Files.walk(top)) {
            deepestFirst = folders.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(Path::getNameCount).reversed())
                    .toList();
        }
        for (Path each : deepestFirst) {
            if (isEmpty(each)) {
                Files.delete(each);
            }
        }
    }

    /** Without processes, and without groups below, which have been looked at before. */
    private static boolean isEmpty(Path group) throws IOException {
        try (Stream<Path> below = Files.list(group)) {
            if (below.anyMatch(Files::isDirectory)) {
                return false;
            }
        }
        Path processes = group.resolve("cgroup.procs");
        return !Files.exists(processes) || Files.readString(processes).isBlank();
    }
}
