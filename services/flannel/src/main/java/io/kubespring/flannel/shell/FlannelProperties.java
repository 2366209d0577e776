package io.kubespring.flannel.shell;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Flags of flannel, named as upstream's.
 *
 * @param nodeName empty for the environment's NODE_NAME, else the host's name
 * @param iptablesResync seconds, as upstream's
 * @param healthzPort becomes the server's port, and {@code healthzIp} its address, in kubespring-flannel.properties
 */
@ConfigurationProperties("kubespring.flannel")
public record FlannelProperties(
        @Nullable Path kubeconfig,
        @DefaultValue("") String nodeName,
        @DefaultValue("") String iface,
        @DefaultValue("") String publicIp,
        @DefaultValue("false") boolean ipMasq,
        @DefaultValue("true") boolean kubeSubnetMgr,
        @DefaultValue("/etc/kube-flannel/net-conf.json") Path netConfigPath,
        @DefaultValue("/run/flannel/subnet.env") Path subnetFile,
        @DefaultValue("/etc/cni/net.d") String cniConfDir,
        @DefaultValue("/var/lib/cni/networks") Path cniDataDir,
        @DefaultValue("5") int iptablesResync,
        @DefaultValue("0.0.0.0") String healthzIp,
        @DefaultValue("8473") int healthzPort) {}
