package io.kubespring.apiserver.etcd;

import static io.kubespring.apiserver.TestServer.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.SystemTime;
import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.TestServer.Reply;
import io.kubespring.storage.etcd.EtcdOptions;
import io.kubespring.storage.etcd.EtcdStore;
import io.kubespring.testing.etcd.EtcdServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients see while etcd is away, and afterwards. */
class EtcdAwayTest {

    private final EtcdServer etcd = EtcdServer.start();
    private final TestServer server = TestServer.over(EtcdStore.open(
            EtcdOptions.of(etcd.endpoint()).withRequestTimeout(Duration.ofSeconds(2)), SystemTime.instance()));

    @AfterEach
    void close() {
        server.close();
        etcd.close();
    }

    private void make(String... names) {
        for (String name : names) {
            assertThat(server.post(MAPS, "{'metadata':{'name':'" + name + "'},'data':{'a':'b'}}")
                            .status())
                    .isEqualTo(201);
        }
    }

    /** Of the writes nobody knows whether they happen once etcd is back: what is to stay is not among what is deleted. */
    private void assertEveryRequestIsAStatus() {
        for (Reply reply : List.of(
                server.get(MAPS + "/kept"),
                server.get(MAPS),
                server.post(MAPS, "{'metadata':{'name':'new'}}"),
                server.patch(MAPS + "/kept", "merge", "{'data':{'a':'c'}}"),
                server.delete(MAPS + "/doomed"))) {
            assertThat(reply.status()).as(reply.text()).isIn(500, 503, 504);
            assertThat(reply.at("/kind").asString()).isEqualTo("Status");
            assertThat(reply.at("/status").asString()).isEqualTo("Failure");
        }
    }

    private void assertEverythingWorks() {
        assertThat(server.get(MAPS + "/kept").status()).isEqualTo(200);
        assertThat(server.get(MAPS).status()).isEqualTo(200);
        assertThat(server.patch(MAPS + "/kept", "merge", "{'data':{'a':'z'}}").status())
                .isEqualTo(200);
    }

    @Test
    void killedEveryRequestIsAnsweredWithAStatusInTimeAndReadsOfTheCacheGoOn() {
        make("kept", "doomed");
        etcd.kill();
        assertEveryRequestIsAStatus();
        Reply cached = server.get(MAPS + "?resourceVersion=0");
        assertThat(cached.status()).isEqualTo(200);
        assertThat(cached.at("/items").size()).isEqualTo(2);
        TestServer.await(() -> !server.core.ready());
        etcd.restart();
        assertEverythingWorks();
        TestServer.await(server.core::ready);
    }

    @Test
    void pausedEveryRequestIsAnsweredWithAStatusInTime() {
        make("kept", "doomed");
        etcd.pause();
        assertEveryRequestIsAStatus();
        etcd.resume();
        assertEverythingWorks();
    }

    @Test
    void watchesGoOnOverARestartAndMissNothing() throws InterruptedException {
        String from = server.get(MAPS).at("/metadata/resourceVersion").asString();
        List<String> seen = new CopyOnWriteArrayList<>();
        var watching = server.watch(MAPS + "?watch=true&resourceVersion=" + from)
                .map(event -> event.path("type").asString() + " "
                        + event.at("/object/metadata/name").asString())
                .subscribe(seen::add);
        List<String> answered = new CopyOnWriteArrayList<>();
        var stopping = new AtomicBoolean();
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; !stopping.get(); i++) {
                if (server.post(MAPS, "{'metadata':{'name':'w" + i + "'}}").status() == 201) {
                    answered.add("ADDED w" + i);
                }
            }
        });
        for (int round = 0; round < 3; round++) {
            int before = answered.size();
            TestServer.await(() -> answered.size() > before + 20);
            etcd.kill();
            etcd.restart();
        }
        int before = answered.size();
        TestServer.await(() -> answered.size() > before + 20);
        stopping.set(true);
        writer.join();
        TestServer.await(() -> seen.containsAll(answered));
        assertThat(seen).doesNotHaveDuplicates().containsSubsequence(answered);
        watching.dispose();
    }

    @Test
    void objectsBeyondEtcdsLimitAreRefusedInUpstreamsWords() {
        Reply refused = server.post(TestServer.DEPLOYMENTS, deployment(1_600_000));
        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.message()).isEqualTo("etcdserver: request is too large");
        Reply larger = server.post(TestServer.DEPLOYMENTS, deployment(2_200_000));
        assertThat(larger.status()).isEqualTo(500);
        assertThat(larger.message())
                .startsWith("rpc error: code = ResourceExhausted desc = trying to send message larger than max (");
        assertThat(server.post(TestServer.DEPLOYMENTS, deployment(1_400_000)).status())
                .isEqualTo(201);
    }

    private static String deployment(int bytes) {
        return "{'metadata':{'name':'big'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':"
                + "{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i','env':[{'name':'A','value':'"
                + "x".repeat(bytes) + "'}]}]}}}}";
    }
}
