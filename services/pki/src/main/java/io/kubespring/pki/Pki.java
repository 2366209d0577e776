package io.kubespring.pki;

import io.kubespring.api.time.SystemTime;
import io.kubespring.service.boot.Component;
import io.kubespring.service.flags.FlagException;
import io.kubespring.service.flags.Flags;
import io.kubespring.service.pki.ClusterPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Makes the certificates and kubeconfigs of a cluster whose components are services of their own, and hands them out: a
 * folder a component, readable by its user only; the authorities' keys stay in one that only root may read. What is there and still
 * good is left as it is, so running it again keeps every identity.
 */
public final class Pki {

    private final PkiFlags flags;
    private final Path authorities;
    private final ClusterPki pki;

    private Pki(PkiFlags flags, Instant now) throws IOException {
        this.flags = flags;
        authorities = flags.directory().resolve("authorities");
        Files.createDirectories(authorities);
        Files.setPosixFilePermissions(authorities, PosixFilePermissions.fromString("rwx------"));
        pki = new ClusterPki(authorities, now);
    }

    public static void main(String... args) {
        System.setProperty("kubespring.log", "/dev/null");
        try {
            make(Flags.bind("pki", PkiFlags.class, args), SystemTime.instance().now());
        } catch (FlagException | UncheckedIOException | IllegalStateException wrong) {
            System.err.println("Error: " + Component.rootMessage(wrong));
            System.exit(1);
        }
    }

    static void make(PkiFlags flags, Instant now) {
        try {
            var service = new Pki(flags, now);
            service.issue();
            service.handOut();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write to " + flags.directory(), failure);
        }
    }

    private void issue() {
        pki.etcd(with(flags.etcdNames(), "localhost", "127.0.0.1"));
        pki.serving(
                "apiserver",
                "kube-apiserver",
                with(
                        flags.apiServerNames(),
                        "kubernetes",
                        "kubernetes.default",
                        "kubernetes.default.svc",
                        "kubernetes.default.svc." + flags.clusterDomain(),
                        "localhost",
                        "127.0.0.1",
                        flags.serviceIp()));
        pki.client("apiserver-kubelet-client", "kube-apiserver-kubelet-client", "system:masters");
        pki.client("admin", "kubernetes-admin", "system:masters");
        pki.serving("gateway", "gateway", flags.gatewayNames());
    }

    private static List<String> with(Collection<String> given, String... always) {
        List<String> names = new ArrayList<>(given);
        names.addAll(List.of(always));
        return names;
    }

    private void handOut() throws IOException {
        Folder etcd = folder("etcd", User.ETCD);
        etcd.pair("etcd-server");
        etcd.copy("etcd-ca.crt", "etcd-ca.crt");

        if (flags.etcdData() != null) {
            new Folder(authorities, flags.etcdData(), User.ETCD.id);
        }

        Folder apiServer = folder("apiserver", User.API_SERVER);
        for (String each : List.of("apiserver", "apiserver-kubelet-client", "apiserver-etcd-client")) {
            apiServer.pair(each);
        }
        for (String each : List.of("ca.crt", "front-proxy-ca.crt", "etcd-ca.crt", "sa.key", "sa.pub")) {
            apiServer.copy(each, each);
        }

        Folder controllers = client("controller-manager", User.CONTROLLER_MANAGER, "system:kube-controller-manager");
        controllers.copy("ca.crt", "ca.crt");
        client("scheduler", User.SCHEDULER, "system:kube-scheduler").copy("ca.crt", "ca.crt");
        client("dns", User.DNS, "system:kube-dns");
        Folder gateway = client("gateway", User.GATEWAY, "kubespring:gateway");
        gateway.pair("gateway");
        gateway.pair("front-proxy-client");
        gateway.copy("ca.crt", "ca.crt");
        for (String node : flags.nodes()) {
            handOutToNode(node);
        }
        Folder admin = folder("admin", User.ROOT);
        admin.pair("admin");
        admin.copy("ca.crt", "ca.crt");
        kubeconfig(admin, "admin.conf", flags.publicServer(), "kubernetes-admin", "system:masters");
    }

    private void handOutToNode(String node) throws IOException {
        pki.serving(node, "system:node:" + node, List.of(node));
        Folder folder = folder(node, User.ROOT);
        folder.copy(node + ".crt", "kubelet.crt");
        folder.copy(node + ".key", "kubelet.key");
        folder.copy("ca.crt", "ca.crt");
        kubeconfig(folder, "kubelet.conf", flags.server(), "system:node:" + node, "system:nodes");
        kubeconfig(folder, "kube-proxy.conf", flags.server(), "system:kube-proxy");
        kubeconfig(folder, "flannel.conf", flags.server(), "system:flannel");
    }

    private Folder client(String component, User owner, String user) throws IOException {
        Folder folder = folder(component, owner);
        kubeconfig(folder, "kubeconfig", flags.server(), user);
        return folder;
    }

    private void kubeconfig(Folder folder, String name, String server, String user, String... groups)
            throws IOException {
        String original = folder.name() + "-" + name;
        pki.kubeconfig(authorities.resolve(original), server, user, groups);
        folder.copy(original, name);
    }

    private Folder folder(String component, User owner) throws IOException {
        return new Folder(authorities, flags.directory().resolve(component), owner.id);
    }
}
