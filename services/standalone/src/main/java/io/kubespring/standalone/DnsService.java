package io.kubespring.standalone;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.kubespring.client.KubeClient;
import java.util.Map;

/** The {@code kube-dns} Service, by whose address Pods reach the DNS that runs on their node. */
final class DnsService {

    private static final String NAMESPACE = "kube-system";
    private static final String NAME = "kube-dns";

    private final KubeClient admin;

    DnsService(KubeClient admin) {
        this.admin = admin;
    }

    /**
     * @param clusterIp the address every Pod's resolv.conf names
     * @param port where DNS listens on the node
     */
    void publish(String clusterIp, String nodeIp, String nodeName, int port) {
        var service = new ServiceBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(NAMESPACE)
                .addToLabels("k8s-app", NAME)
                .addToLabels("kubernetes.io/cluster-service", "true")
                .addToLabels("kubernetes.io/name", "CoreDNS")
                .endMetadata()
                .withNewSpec()
                .withClusterIP(clusterIp)
                .addNewPort()
                .withName("dns")
                .withProtocol("UDP")
                .withPort(53)
                .withNewTargetPort(port)
                .endPort()
                .addNewPort()
                .withName("dns-tcp")
                .withProtocol("TCP")
                .withPort(53)
                .withNewTargetPort(port)
                .endPort()
                .endSpec()
                .build();
        admin.resources(io.fabric8.kubernetes.api.model.Service.class)
                .inNamespace(NAMESPACE)
                .apply(service, "kubespring", true)
                .block();
        var slice = new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(NAME + "-" + nodeName)
                .withNamespace(NAMESPACE)
                .withLabels(Map.of(
                        "kubernetes.io/service-name", NAME, "endpointslice.kubernetes.io/managed-by", "kubespring"))
                .endMetadata()
                .withAddressType("IPv4")
                .addNewEndpoint()
                .withAddresses(nodeIp)
                .withNodeName(nodeName)
                .withNewConditions()
                .withReady(true)
                .endConditions()
                .endEndpoint()
                .addNewPort()
                .withName("dns")
                .withProtocol("UDP")
                .withPort(port)
                .endPort()
                .addNewPort()
                .withName("dns-tcp")
                .withProtocol("TCP")
                .withPort(port)
                .endPort()
                .build();
        admin.resources(io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice.class)
                .inNamespace(NAMESPACE)
                .apply(slice, "kubespring", true)
                .block();
    }
}
