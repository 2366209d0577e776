package io.kubespring.kubelet.network;

import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.pod.Pods;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The {@code /etc/hosts} of a Pod's containers. */
public final class HostsFile {

    private static final String OPENING = "# Kubernetes-managed hosts file.\n";
    private static final String HOST_OPENING = "# Kubernetes-managed hosts file (host network).\n";

    private final Path hostFile;

    public HostsFile(Path hostFile) {
        this.hostFile = hostFile;
    }

    /** @param addresses the Pod's own */
    public String render(Pod pod, List<String> addresses, PodNames names) throws IOException {
        var text = new StringBuilder();
        if (Pods.isHostNetwork(pod)) {
            text.append(HOST_OPENING).append(Files.readString(hostFile));
        } else {
            text.append(OPENING)
                    .append("127.0.0.1\tlocalhost\n")
                    .append("::1\tlocalhost ip6-localhost ip6-loopback\n")
                    .append("fe00::0\tip6-localnet\n")
                    .append("fe00::0\tip6-mcastprefix\n")
                    .append("fe00::1\tip6-allnodes\n")
                    .append("fe00::2\tip6-allrouters\n");
            for (String address : addresses) {
                text.append(address).append('\t');
                if (!names.domain().isEmpty()) {
                    text.append(names.qualified()).append('\t');
                }
                text.append(names.hostname()).append('\n');
            }
        }
        aliases(pod, text);
        return text.toString();
    }

    private static void aliases(Pod pod, StringBuilder text) {
        List<HostAlias> aliases = pod.getSpec().getHostAliases();
        if (aliases == null || aliases.isEmpty()) {
            return;
        }
        text.append("\n# Entries added by HostAliases.\n");
        for (HostAlias alias : aliases) {
            text.append(alias.getIp())
                    .append('\t')
                    .append(String.join("\t", alias.getHostnames()))
                    .append('\n');
        }
    }
}
