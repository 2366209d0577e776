package io.kubespring.kubelet.config;

/** Everything that can be set. The parts' component names are those of upstream's KubeletConfiguration and flags. */
public record KubeletConfig(
        NodeSettings node,
        FolderSettings folders,
        DnsSettings dns,
        ContainerSettings containers,
        ImageSettings images,
        ServerSettings server) {

    /** Upstream's defaults for a node of that name. */
    public static KubeletConfig defaults(String nodeName) {
        return new KubeletConfig(
                NodeSettings.defaults(nodeName),
                FolderSettings.defaults(),
                DnsSettings.defaults(),
                ContainerSettings.defaults(),
                ImageSettings.defaults(),
                ServerSettings.defaults());
    }

    public KubeletConfig node(NodeSettings settings) {
        return new KubeletConfig(settings, folders, dns, containers, images, server);
    }

    public KubeletConfig folders(FolderSettings settings) {
        return new KubeletConfig(node, settings, dns, containers, images, server);
    }

    public KubeletConfig dns(DnsSettings settings) {
        return new KubeletConfig(node, folders, settings, containers, images, server);
    }

    public KubeletConfig containers(ContainerSettings settings) {
        return new KubeletConfig(node, folders, dns, settings, images, server);
    }

    public KubeletConfig server(ServerSettings settings) {
        return new KubeletConfig(node, folders, dns, containers, images, settings);
    }
}
