package io.kubespring.testing.etcd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds an etcd binary: {@code KUBESPRING_ETCD}, the path, or what {@code ./kubespring test} has unpacked. */
final class EtcdBinary {

    private EtcdBinary() {}

    static Path find() {
        for (Path candidate : candidates()) {
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException(
                "no etcd binary: run ./kubespring test, which fetches one, or name one in KUBESPRING_ETCD");
    }

    private static List<Path> candidates() {
        var candidates = new ArrayList<Path>();
        String named = System.getenv("KUBESPRING_ETCD");
        if (named != null && !named.isEmpty()) {
            candidates.add(Path.of(named));
        }
        String path = System.getenv("PATH");
        for (String folder : (path == null ? "" : path).split(":")) {
            candidates.add(Path.of(folder, "etcd"));
        }
        candidates.add(Path.of(System.getProperty("user.home"), ".cache/kubespring/etcd/usr/bin/etcd"));
        return candidates;
    }

    static String version(Path binary) {
        try {
            Process asked = new ProcessBuilder(binary.toString(), "--version").start();
            return version(new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** @param answer to "etcd --version" */
    static String version(String answer) {
        return answer.lines()
                .filter(line -> line.startsWith("etcd Version: "))
                .map(line -> line.substring("etcd Version: ".length()).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("etcd does not tell its version: " + answer));
    }
}
