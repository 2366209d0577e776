package io.kubespring.kubelet.shell;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.kubespring.kubelet.config.ContainerSettings;
import io.kubespring.kubelet.config.DnsSettings;
import io.kubespring.kubelet.config.FolderSettings;
import io.kubespring.kubelet.config.ImageSettings;
import io.kubespring.kubelet.config.KubeletConfig;
import io.kubespring.kubelet.config.NodeSettings;
import io.kubespring.kubelet.config.ServerSettings;
import io.kubespring.kubelet.resources.Amounts;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The core's settings from the flags. */
final class CoreConfig {

    private CoreConfig() {}

    /** @throws IllegalArgumentException naming the flag whose value is wrong */
    static KubeletConfig of(KubeletProperties flags) {
        return new KubeletConfig(
                new NodeSettings(
                        nodeName(flags),
                        flags.nodeIp(),
                        flags.registerNode(),
                        map("node-labels", flags.nodeLabels()),
                        taints(flags.registerWithTaints()),
                        flags.maxPods(),
                        flags.nodeStatusUpdateFrequency(),
                        flags.nodeStatusReportFrequency(),
                        flags.nodeLeaseDurationSeconds(),
                        map("system-reserved", flags.systemReserved()),
                        map("kube-reserved", flags.kubeReserved()),
                        map("eviction-hard", flags.evictionHard().replace('<', '=')),
                        flags.providerId()),
                new FolderSettings(
                        flags.rootDir(), flags.podLogsDir(), flags.containerLogsDir(), flags.podManifestPath()),
                new DnsSettings(flags.clusterDns(), flags.clusterDomain(), flags.resolvConf()),
                new ContainerSettings(
                        flags.cgroupRoot(),
                        true,
                        flags.syncFrequency(),
                        flags.streamingConnectionIdleTimeout(),
                        flags.runtimeRequestTimeout(),
                        flags.podMaxPids(),
                        flags.cpuCfsQuota(),
                        Amounts.value(new Quantity(flags.containerLogMaxSize())),
                        flags.containerLogMaxFiles(),
                        flags.seccompDefault()),
                new ImageSettings(
                        flags.serializeImagePulls(),
                        flags.imageGcHighThreshold(),
                        flags.imageGcLowThreshold(),
                        flags.minimumImageTtlDuration()),
                new ServerSettings(
                        flags.address(),
                        flags.port(),
                        flags.tlsCertFile(),
                        flags.tlsPrivateKeyFile(),
                        flags.clientCaFile(),
                        flags.anonymousAuth(),
                        webhook(flags.authorizationMode()),
                        flags.streamingConnectionIdleTimeout()));
    }

    static String nodeName(KubeletProperties flags) {
        if (!flags.hostnameOverride().isEmpty()) {
            return flags.hostnameOverride();
        }
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException nameless) {
            throw new IllegalArgumentException("--hostname-override is needed: this machine has no name", nameless);
        }
    }

    private static boolean webhook(String mode) {
        return switch (mode) {
            case "Webhook" -> true;
            case "AlwaysAllow" -> false;
            default ->
                throw new IllegalArgumentException("--authorization-mode must be Webhook or AlwaysAllow, not " + mode);
        };
    }

    private static Map<String, String> map(String flag, String text) {
        var map = new LinkedHashMap<String, String>();
        for (String entry : text.split(",")) {
            if (entry.isBlank()) {
                continue;
            }
            int equals = entry.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("--" + flag + ": \"" + entry + "\" is not of the form key=value");
            }
            map.put(
                    entry.substring(0, equals).strip(),
                    entry.substring(equals + 1).strip());
        }
        return map;
    }

    private static List<Taint> taints(String text) {
        var taints = new ArrayList<Taint>();
        for (String entry : text.split(",")) {
            if (entry.isBlank()) {
                continue;
            }
            int colon = entry.lastIndexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException(
                        "--register-with-taints: \"" + entry + "\" is not of the form key=value:Effect");
            }
            String[] key = entry.substring(0, colon).split("=", 2);
            var taint = new Taint();
            taint.setKey(key[0].strip());
            taint.setValue(key.length > 1 ? key[1] : null);
            taint.setEffect(entry.substring(colon + 1).strip());
            taints.add(taint);
        }
        return taints;
    }
}
