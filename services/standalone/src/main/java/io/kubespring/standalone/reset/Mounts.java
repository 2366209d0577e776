package io.kubespring.standalone.reset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Mounts below a folder, taken away innermost first. */
final class Mounts {

    private Mounts() {}

    static void unmountBelow(Path top) throws IOException, InterruptedException {
        List<String> points = Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .map(line -> line.split(" ")[4].replace("\\040", " "))
                .filter(point -> point.startsWith(top + "/"))
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        for (String each : points) {
            Process umount = new ProcessBuilder("umount", "--lazy", each)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(umount.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (umount.waitFor() != 0) {
                throw new IOException("umount " + each + ": " + output.strip());
            }
        }
    }
}
