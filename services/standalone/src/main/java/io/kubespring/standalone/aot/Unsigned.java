package io.kubespring.standalone.aot;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Takes the signatures off the jars of a folder. The JVM keeps no class of a signed jar in its start-up cache and checks
 * the signature at every start; the build has checked what it was given when it fetched it.
 */
public final class Unsigned {

    private Unsigned() {}

    public static void main(String... folder) throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(Path.of(folder[0]))) {
            jars = files.filter(each -> each.toString().endsWith(".jar")).toList();
        }
        for (Path jar : jars) {
            unsign(jar);
        }
    }

    static void unsign(Path jar) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            Path meta = inside.getPath("META-INF");
            List<Path> signatures = signatures(meta);
            if (signatures.isEmpty()) {
                return;
            }
            for (Path each : signatures) {
                Files.delete(each);
            }
            // With the signatures go the digests of the entries; what the manifest says about the whole jar stays.
            Path file = meta.resolve("MANIFEST.MF");
            var old = new Manifest();
            try (var in = Files.newInputStream(file)) {
                old.read(in);
            }
            var left = new Manifest();
            for (Map.Entry<Object, Object> each : old.getMainAttributes().entrySet()) {
                left.getMainAttributes().put((Attributes.Name) each.getKey(), each.getValue());
            }
            try (var out = Files.newOutputStream(file)) {
                left.write(out);
            }
        }
    }

    private static List<Path> signatures(Path meta) throws IOException {
        if (!Files.isDirectory(meta)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(meta)) {
            return files.filter(each -> each.getFileName().toString().matches(".+\\.(SF|RSA|DSA|EC)"))
                    .toList();
        }
    }
}
