package io.kubespring.apiserver.etcd;

import static io.kubespring.apiserver.TestServer.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.apiserver.ApiServerCore;
import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.TestServer.Reply;
import io.kubespring.storage.Store;
import io.kubespring.storage.etcd.EtcdOptions;
import io.kubespring.storage.etcd.EtcdStore;
import io.kubespring.testing.etcd.EtcdServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Two API servers on one etcd, an old one whose progress notifications would not be trustworthy. */
class SeveralServersOnOneEtcdTest {

    private final EtcdServer etcd = EtcdServer.startInMemory();
    private final List<AutoCloseable> opened = new ArrayList<>();

    private Store store() {
        return EtcdStore.open(EtcdOptions.of(etcd.endpoint()), SystemTime.instance());
    }

    private TestServer server() {
        var server = TestServer.over(store());
        opened.add(server);
        return server;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
        etcd.close();
    }

    @Test
    void whatOneAnsweredTheOtherReadsAndListsAtOnce() {
        TestServer one = server();
        TestServer other = server();
        for (int i = 0; i < 40; i++) {
            Reply made = one.post(MAPS, "{'metadata':{'name':'m" + i + "'},'data':{'n':'1'}}");
            assertThat(made.status()).isEqualTo(201);
            assertThat(other.get(MAPS + "/m" + i).at("/metadata/resourceVersion"))
                    .isEqualTo(made.at("/metadata/resourceVersion"));
            assertThat(other.get(MAPS).at("/items").size()).isEqualTo(i + 1);
            assertThat(other.patch(MAPS + "/m" + i, "merge", "{'data':{'n':'2'}}")
                            .status())
                    .isEqualTo(200);
            assertThat(one.get(MAPS + "/m" + i).at("/data/n").asString()).isEqualTo("2");
        }
        for (int i = 0; i < 40; i += 2) {
            assertThat(other.delete(MAPS + "/m" + i).status()).isEqualTo(200);
            assertThat(one.get(MAPS + "/m" + i).status()).isEqualTo(404);
            assertThat(one.get(MAPS).at("/items").size()).isEqualTo(39 - i / 2);
        }
    }

    @Test
    void watchersOfBothSeeTheSameEventsInTheSameOrder() {
        TestServer one = server();
        TestServer other = server();
        List<List<String>> seen = List.of(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
        String from = one.get(MAPS).at("/metadata/resourceVersion").asString();
        String uri = MAPS + "?watch=true&resourceVersion=" + from;
        var first = one.watch(uri).map(SeveralServersOnOneEtcdTest::described).subscribe(seen.get(0)::add);
        var second =
                other.watch(uri).map(SeveralServersOnOneEtcdTest::described).subscribe(seen.get(1)::add);
        List<Thread> writers = new ArrayList<>();
        for (TestServer server : List.of(one, other)) {
            writers.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 30; i++) {
                    String name = "w" + server.hashCode() + "-" + i;
                    server.post(MAPS, "{'metadata':{'name':'" + name + "'}}");
                    server.patch(MAPS + "/" + name, "merge", "{'data':{'a':'b'}}");
                    server.delete(MAPS + "/" + name);
                }
            }));
        }
        TestServer.await(() -> seen.get(0).size() == 180 && seen.get(1).size() == 180);
        assertThat(seen.get(0)).isEqualTo(seen.get(1)).doesNotHaveDuplicates();
        first.dispose();
        second.dispose();
        writers.forEach(SeveralServersOnOneEtcdTest::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static String described(ObjectNode event) {
        return event.path("type").asString() + " "
                + event.at("/object/metadata/name").asString() + " "
                + event.at("/object/metadata/resourceVersion").asString();
    }

    @Test
    void concurrentUpdatesThroughBothLoseNothing() {
        TestServer one = server();
        TestServer other = server();
        one.post(MAPS, "{'metadata':{'name':'counted'},'data':{}}");
        List<Thread> writers = new ArrayList<>();
        for (TestServer server : List.of(one, other)) {
            writers.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 25; i++) {
                    String key = "k" + server.hashCode() + "-" + i;
                    server.patch(MAPS + "/counted", "merge", "{'data':{'" + key + "':'x'}}");
                }
            }));
        }
        writers.forEach(SeveralServersOnOneEtcdTest::join);
        assertThat(one.get(MAPS + "/counted").at("/data").size()).isEqualTo(50);
        assertThat(other.get(MAPS + "/counted").json())
                .isEqualTo(one.get(MAPS + "/counted").json());
    }

    @Test
    void twoThatStartAtOnceMakeTheClustersOwnObjectsWithoutConflict() {
        List<ApiServerCore> cores = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            var core = new ApiServerCore(
                    ApiServerConfig.open().withBootstrap(),
                    store(),
                    SystemTime.instance(),
                    RandomSource.system(),
                    new SimpleMeterRegistry());
            opened.add(core);
            cores.add(core);
        }
        cores.forEach(core -> Thread.ofVirtual().start(core::start));
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!cores.stream().allMatch(ApiServerCore::ready)) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
        TestServer third = server();
        assertThat(third.get("/api/v1/namespaces/kube-system").status()).isEqualTo(200);
        assertThat(third.get("/apis/rbac.authorization.k8s.io/v1/clusterroles/cluster-admin")
                        .status())
                .isEqualTo(200);
        assertThat(third.get("/api/v1/namespaces/default/services/kubernetes")
                        .at("/spec/clusterIP")
                        .asString())
                .isEqualTo("10.96.0.1");
    }
}
