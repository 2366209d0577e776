package io.kubespring.node.image;

import io.kubespring.api.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds a one-layer image in the docker-archive format ({@code docker save}), which {@code ctr images import} reads.
 * Reproducible: the same content gives the same digests.
 */
public final class DockerArchive {

    private interface Entry {
        String path();

        void write(TarWriter tar) throws IOException;
    }

    private record FileEntry(String path, int mode, byte[] content) implements Entry {
        @Override
        public void write(TarWriter tar) throws IOException {
            tar.file(path, mode, content);
        }
    }

    private record DirectoryEntry(String path, int mode) implements Entry {
        @Override
        public void write(TarWriter tar) throws IOException {
            tar.directory(path, mode);
        }
    }

    private record LinkEntry(String path, String target, boolean symbolic) implements Entry {
        @Override
        public void write(TarWriter tar) throws IOException {
            if (symbolic) {
                tar.symbolicLink(path, target);
            } else {
                tar.hardLink(path, target);
            }
        }
    }

    private final List<String> tags;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> environment = new ArrayList<>();
    private List<String> entrypoint = List.of();
    private List<String> command = List.of();
    private String user = "";
    private String workingDirectory = "/";
    private String architecture = goArchitecture(System.getProperty("os.arch"));

    private DockerArchive(List<String> tags) {
        this.tags = tags;
    }

    /** @param tags full references such as {@code registry.k8s.io/pause:3.10} */
    public static DockerArchive tagged(String... tags) {
        return new DockerArchive(List.of(tags));
    }

    /** Go's name of a JVM architecture, as image configurations spell it. */
    public static String goArchitecture(String javaArchitecture) {
        return switch (javaArchitecture) {
            case "aarch64", "arm64" -> "arm64";
            default -> "amd64";
        };
    }

    public DockerArchive architecture(String goName) {
        architecture = goName;
        return this;
    }

    public DockerArchive file(String path, int mode, byte[] content) {
        entries.add(new FileEntry(relative(path), mode, content));
        return this;
    }

    public DockerArchive file(String path, int mode, Path source) {
        try {
            return file(path, mode, Files.readAllBytes(source));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public DockerArchive directory(String path, int mode) {
        entries.add(new DirectoryEntry(relative(path), mode));
        return this;
    }

    public DockerArchive symbolicLink(String path, String target) {
        entries.add(new LinkEntry(relative(path), target, true));
        return this;
    }

    /** @param target another file of this image, by its path */
    public DockerArchive hardLink(String path, String target) {
        entries.add(new LinkEntry(relative(path), relative(target), false));
        return this;
    }

    public DockerArchive entrypoint(String... words) {
        entrypoint = List.of(words);
        return this;
    }

    public DockerArchive command(String... words) {
        command = List.of(words);
        return this;
    }

    public DockerArchive environment(String name, String value) {
        environment.add(name + "=" + value);
        return this;
    }

    public DockerArchive user(String name) {
        user = name;
        return this;
    }

    public DockerArchive workingDirectory(String path) {
        workingDirectory = path;
        return this;
    }

    public void writeTo(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            writeTo(out);
        }
    }

    public void writeTo(OutputStream out) throws IOException {
        byte[] layer = layer();
        String layerDigest = sha256(layer);
        byte[] config = config(layerDigest);
        String configFile = sha256(config) + ".json";
        String layerFile = layerDigest + "/layer.tar";
        var tar = new TarWriter(out);
        tar.file(configFile, 0644, config);
        tar.directory(layerDigest, 0755);
        tar.file(layerFile, 0644, layer);
        tar.file("manifest.json", 0644, manifest(configFile, layerFile));
        tar.finish();
    }

    private byte[] layer() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var tar = new TarWriter(bytes);
        for (String parent : missingParents()) {
            tar.directory(parent, 0755);
        }
        for (Entry entry : entries) {
            entry.write(tar);
        }
        tar.finish();
        return bytes.toByteArray();
    }

    private TreeSet<String> missingParents() {
        var parents = new TreeSet<String>();
        for (Entry entry : entries) {
            for (int slash = entry.path().indexOf('/');
                    slash > 0;
                    slash = entry.path().indexOf('/', slash + 1)) {
                parents.add(entry.path().substring(0, slash));
            }
        }
        entries.forEach(entry -> parents.remove(entry.path()));
        return parents;
    }

    private byte[] config(String layerDigest) {
        ObjectNode config = Json.object();
        config.put("architecture", architecture).put("os", "linux").put("created", "1970-01-01T00:00:00Z");
        ObjectNode inner = config.putObject("config");
        addAll(inner.putArray("Env"), environment);
        if (!entrypoint.isEmpty()) {
            addAll(inner.putArray("Entrypoint"), entrypoint);
        }
        if (!command.isEmpty()) {
            addAll(inner.putArray("Cmd"), command);
        }
        if (!user.isEmpty()) {
            inner.put("User", user);
        }
        inner.put("WorkingDir", workingDirectory);
        config.putObject("rootfs").put("type", "layers").putArray("diff_ids").add("sha256:" + layerDigest);
        config.putArray("history").addObject().put("created", "1970-01-01T00:00:00Z");
        return Json.write(config);
    }

    private byte[] manifest(String configFile, String layerFile) {
        ArrayNode manifest = Json.object().putArray("images");
        ObjectNode image = manifest.addObject().put("Config", configFile);
        addAll(image.putArray("RepoTags"), tags);
        image.putArray("Layers").add(layerFile);
        return Json.write(manifest);
    }

    private static void addAll(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }

    private static String relative(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
