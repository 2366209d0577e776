package io.kubespring.standalone;

import io.kubespring.service.flags.FlagException;
import io.kubespring.service.flags.Flags;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The flags of {@code ./kubespring up}; empty text means "find out".
 *
 * @param nodeIp address of this machine
 * @param nodeName name of this machine's Node, by default its host name in lower case
 * @param resolvConf names the servers for names outside the cluster
 * @param insecurePort plain HTTP on loopback, 0 for none
 * @param etcdServers the store, in place of a database of this machine's own; the other etcd flags are as upstream's API
 *     server's, where empty stands for its default
 */
public record StandaloneFlags(
        Path dataDir,
        Path runDir,
        String nodeIp,
        String nodeName,
        int securePort,
        int insecurePort,
        String serviceClusterIpRange,
        String clusterCidr,
        String clusterDns,
        String clusterDomain,
        Path resolvConf,
        String etcdServers,
        String etcdCafile,
        String etcdCertfile,
        String etcdKeyfile,
        String etcdPrefix,
        String etcdCompactionInterval) {

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("data-dir", "/var/lib/kubespring"),
            Map.entry("run-dir", "/run/kubespring"),
            Map.entry("node-ip", ""),
            Map.entry("node-name", ""),
            Map.entry("secure-port", "6443"),
            Map.entry("insecure-port", "0"),
            Map.entry("service-cluster-ip-range", "10.96.0.0/12"),
            Map.entry("cluster-cidr", "10.244.0.0/16"),
            Map.entry("cluster-dns", "10.96.0.10"),
            Map.entry("cluster-domain", "cluster.local"),
            Map.entry("resolv-conf", "/etc/resolv.conf"),
            Map.entry("etcd-servers", ""),
            Map.entry("etcd-cafile", ""),
            Map.entry("etcd-certfile", ""),
            Map.entry("etcd-keyfile", ""),
            Map.entry("etcd-prefix", ""),
            Map.entry("etcd-compaction-interval", ""));

    /**
     * @throws FlagException naming the flag that is unknown or has a wrong value
     */
    static StandaloneFlags parse(String... args) {
        Map<String, String> values = new LinkedHashMap<>(DEFAULTS);
        String prefix = "--kubespring.standalone.";
        for (String each : new Flags("standalone", StandaloneFlags.class).toProperties(args)) {
            if (!each.startsWith(prefix)) {
                throw new FlagException("unknown flag: " + each);
            }
            int equals = each.indexOf('=');
            values.put(each.substring(prefix.length(), equals), each.substring(equals + 1));
        }
        return new StandaloneFlags(
                Path.of(text(values, "data-dir")).toAbsolutePath(),
                Path.of(text(values, "run-dir")).toAbsolutePath(),
                text(values, "node-ip"),
                text(values, "node-name"),
                port(values, "secure-port"),
                port(values, "insecure-port"),
                cidr(values, "service-cluster-ip-range"),
                cidr(values, "cluster-cidr"),
                text(values, "cluster-dns"),
                text(values, "cluster-domain"),
                Path.of(text(values, "resolv-conf")),
                text(values, "etcd-servers"),
                text(values, "etcd-cafile"),
                text(values, "etcd-certfile"),
                text(values, "etcd-keyfile"),
                text(values, "etcd-prefix"),
                text(values, "etcd-compaction-interval"));
    }

    /** What the API server is told of its etcd: nothing where the default is meant. */
    Map<String, String> etcd() {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("etcd-servers", etcdServers);
        given.put("etcd-cafile", etcdCafile);
        given.put("etcd-certfile", etcdCertfile);
        given.put("etcd-keyfile", etcdKeyfile);
        given.put("etcd-prefix", etcdPrefix);
        given.put("etcd-compaction-interval", etcdCompactionInterval);
        given.values().removeIf(String::isEmpty);
        return given;
    }

    /** The one flag that tells where failures of the others are written; the default where it is wrong itself. */
    static String[] onlyRunDir(String... args) {
        return Arrays.stream(args).filter(each -> each.startsWith("--run-dir=")).toArray(String[]::new);
    }

    private static String text(Map<String, String> values, String flag) {
        return Objects.requireNonNull(values.get(flag), flag);
    }

    private static int port(Map<String, String> values, String flag) {
        String value = text(values, flag);
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new FlagException("invalid argument \"" + value + "\" for \"--" + flag + "\": not a port");
    }

    private static String cidr(Map<String, String> values, String flag) {
        String value = text(values, flag);
        if (!value.matches("\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}")) {
            throw new FlagException("invalid argument \"" + value + "\" for \"--" + flag + "\": not an IPv4 CIDR");
        }
        return value;
    }
}
