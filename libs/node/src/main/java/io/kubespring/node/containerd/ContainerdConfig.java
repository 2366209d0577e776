package io.kubespring.node.containerd;

import java.nio.file.Path;

/**
 * The {@code config.toml} of a containerd that belongs to KubeSpring alone: own root, state and socket, so that another
 * containerd on the machine is never touched. Written in format version 2, which 1.6, 1.7 and 2.x all read.
 *
 * @param root persistent data
 * @param state sockets and mounts, lost at reboot
 * @param socket where the API is served
 * @param cniBinDir folder of the CNI plugins ({@code /usr/lib/cni} on Debian)
 * @param cniConfDir folder of the network configuration
 * @param sandboxImage name of the pause image, imported beforehand
 * @param restrictOomScoreAdj whether the machine refuses negative OOM scores ({@link Capabilities})
 */
public record ContainerdConfig(
        Path root,
        Path state,
        Path socket,
        Path cniBinDir,
        Path cniConfDir,
        Path registryConfigDir,
        String sandboxImage,
        boolean restrictOomScoreAdj) {

    public String toToml() {
        return """
                version = 2
                root = %s
                state = %s
                oom_score = 0
                disabled_plugins = ["io.containerd.internal.v1.opt"]

                [grpc]
                  address = %s
                  max_recv_message_size = 16777216
                  max_send_message_size = 16777216

                [debug]
                  level = "warn"

                [plugins."io.containerd.grpc.v1.cri"]
                  sandbox_image = %s
                  stream_server_address = "127.0.0.1"
                  stream_server_port = "0"
                  restrict_oom_score_adj = %s
                  max_container_log_line_size = 16384

                  [plugins."io.containerd.grpc.v1.cri".containerd]
                    snapshotter = "overlayfs"
                    default_runtime_name = "runc"

                    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
                      runtime_type = "io.containerd.runc.v2"

                      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
                        SystemdCgroup = false

                  [plugins."io.containerd.grpc.v1.cri".cni]
                    bin_dir = %s
                    conf_dir = %s

                  [plugins."io.containerd.grpc.v1.cri".registry]
                    config_path = %s
                """.formatted(
                        quoted(root),
                        quoted(state),
                        quoted(socket),
                        quoted(sandboxImage),
                        restrictOomScoreAdj,
                        quoted(cniBinDir),
                        quoted(cniConfDir),
                        quoted(registryConfigDir));
    }

    private static String quoted(Object value) {
        return '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
