package io.kubespring.apiserver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.SystemTime;
import io.kubespring.service.pki.ClusterPki;
import io.kubespring.storage.etcd.EtcdOptions;
import io.kubespring.storage.etcd.EtcdStore;
import io.kubespring.testing.etcd.EtcdServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The etcd flags, over TLS with client certificates. */
class EtcdTlsTest {

    @Test
    void theServerKeepsItsObjectsInTheEtcdThatItsFlagsName(@TempDir Path folder) {
        ClusterPki pki = RunningServer.pkiIn(folder.resolve("etcd-pki"));
        pki.serving("etcd", "etcd", List.of("127.0.0.1", "localhost"));
        pki.client("etcd-client", "apiserver-etcd-client");
        try (EtcdServer etcd =
                EtcdServer.startWithTls(pki.file("ca.crt"), pki.file("etcd.crt"), pki.file("etcd.key"))) {
            var flags = Map.<String, Object>of(
                    "etcd-servers",
                    etcd.endpoint() + ",https://localhost:" + etcd.port(),
                    "etcd-cafile",
                    pki.file("ca.crt").toString(),
                    "etcd-certfile",
                    pki.file("etcd-client.crt").toString(),
                    "etcd-keyfile",
                    pki.file("etcd-client.key").toString(),
                    "etcd-prefix",
                    "/mine",
                    "etcd-compaction-interval",
                    "0s");
            try (var server = new RunningServer(folder, flags)) {
                assertThat(server.core().ready()).isTrue();
            }
            var raw = EtcdStore.open(
                    EtcdOptions.of(etcd.endpoint())
                            .withTls(pki.file("ca.crt"), pki.file("etcd-client.crt"), pki.file("etcd-client.key")),
                    SystemTime.instance());
            assertThat(raw.get("/mine/namespaces/kube-system").join()).isNotNull();
            assertThat(raw.count("/registry/").join()).isZero();
            raw.close();
        }
    }
}
