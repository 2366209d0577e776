package io.kubespring.standalone;

import java.nio.file.Path;

/** Where everything of one cluster lies on this machine. */
public record Layout(Path data, Path run) {

    static Layout of(StandaloneFlags flags) {
        return new Layout(flags.dataDir(), flags.runDir());
    }

    Path pki() {
        return data.resolve("pki");
    }

    Path adminKubeconfig() {
        return data.resolve("admin.conf");
    }

    Path store() {
        return data.resolve("state.db");
    }

    Path log() {
        return data.resolve("log").resolve("kubespring.log");
    }

    /** Image archives dropped here are imported at the start. */
    Path images() {
        return data.resolve("images");
    }

    Path containerd() {
        return data.resolve("containerd");
    }

    public Path containerdRun() {
        return run.resolve("containerd");
    }

    public Path containerdSocket() {
        return containerdRun().resolve("containerd.sock");
    }

    Path cni() {
        return data.resolve("cni");
    }

    Path kubelet() {
        return data.resolve("kubelet");
    }

    Path progress() {
        return run.resolve("progress");
    }

    public Path inventory() {
        return data.resolve("inventory");
    }
}
