package io.kubespring.standalone;

import io.kubespring.service.pki.ClusterPki;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/** The cluster's certificates and kubeconfigs. */
final class Identities {

    private final Layout layout;

    Identities(Layout layout) {
        this.layout = layout;
    }

    /** @param serviceIp first address of the service range: the API server's own Service */
    void prepare(StandaloneFlags flags, InetAddress nodeIp, String nodeName, String serviceIp, Instant now) {
        var pki = new ClusterPki(layout.pki(), now);
        String service = "kubernetes.default.svc";
        pki.serving(
                "apiserver",
                "kube-apiserver",
                List.of(
                        "kubernetes",
                        "kubernetes.default",
                        service,
                        service + "." + flags.clusterDomain(),
                        "localhost",
                        nodeName,
                        "127.0.0.1",
                        serviceIp,
                        nodeIp.getHostAddress()));
        pki.serving("kubelet", "system:node:" + nodeName, List.of(nodeName, nodeIp.getHostAddress(), "127.0.0.1"));
        pki.client("apiserver-kubelet-client", "kube-apiserver-kubelet-client");
        pki.kubeconfig(
                layout.adminKubeconfig(),
                "https://127.0.0.1:" + flags.securePort(),
                "kubernetes-admin",
                "system:masters");
    }

    String file(String name) {
        return layout.pki().resolve(name).toString();
    }
}
