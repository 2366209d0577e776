package io.kubespring.node.image;

import java.io.IOException;
import java.nio.file.Path;

/** The sandbox image, made on the spot: no registry, no compiler. */
public final class PauseImage {

    /** The name that our containerd configuration gives as {@code sandbox_image}; nobody pulls it. */
    public static final String REFERENCE = "registry.k8s.io/pause:3.10.1";

    private PauseImage() {}

    /** Writes the image for this machine as a docker-archive tar, ready for {@code ctr -n k8s.io images import}. */
    public static void writeTo(Path tar) throws IOException {
        archive(DockerArchive.goArchitecture(System.getProperty("os.arch"))).writeTo(tar);
    }

    /** @param goArchitecture {@code amd64} or {@code arm64} */
    public static DockerArchive archive(String goArchitecture) {
        return DockerArchive.tagged(REFERENCE)
                .architecture(goArchitecture)
                .file("/pause", 0755, PauseProgram.forArchitecture(goArchitecture))
                .entrypoint("/pause")
                .user("65535:65535");
    }
}
