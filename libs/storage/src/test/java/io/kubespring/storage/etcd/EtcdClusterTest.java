package io.kubespring.storage.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.SystemTime;
import io.kubespring.storage.RecordingSubscriber;
import io.kubespring.storage.Store;
import io.kubespring.testing.etcd.EtcdCluster;
import io.kubespring.testing.etcd.EtcdServer;
import io.kubespring.testing.net.TcpProxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One etcd of three members, of which one is missing in one way or another, under load: while it is missing, reads and
 * writes are answered and watches go on; afterwards nothing answered is lost, and every watch was complete and in order.
 */
class EtcdClusterTest {

    private static final int WRITES = 100;

    /** While a member is silent, each that is sent there takes as long as its deadline. */
    private static final int WRITES_WITHOUT = 20;

    /** Short, so that writers do not wait long for what will not be answered. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @SuppressWarnings("NullAway.Init")
    private static EtcdCluster etcd;

    private final List<Store> opened = new ArrayList<>();

    @BeforeAll
    static void start() {
        etcd = EtcdCluster.start(3);
    }

    @AfterAll
    static void stop() {
        etcd.close();
    }

    @AfterEach
    void close() {
        opened.forEach(Store::close);
    }

    private Store open(String... endpoints) {
        return open(EtcdOptions.of(endpoints).withRequestTimeout(TIMEOUT));
    }

    private Store open(EtcdOptions options) {
        Store store = EtcdStore.open(options, SystemTime.instance());
        opened.add(store);
        return store;
    }

    private Store open() {
        return open(etcd.endpoints().split(","));
    }

    private interface Absence {
        /** @return what ends it */
        Runnable begin();
    }

    /** Through {@code store} and, once more, through another server of the same cluster. */
    private void goesOnWithout(Store store, Absence... absences) throws InterruptedException {
        Store other = open();
        String run = "/" + System.identityHashCode(store);
        String one = run + "/one/";
        long start = store.currentRevision().join();
        var watcher = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/", start).subscribe(watcher);
        var others = new RecordingSubscriber(Long.MAX_VALUE);
        other.watch("/", start).subscribe(others);
        var load = new Load(store, one, 4);
        var otherLoad = new Load(other, run + "/other/", 4);
        for (Absence absence : absences) {
            load.awaitWrites(WRITES);
            otherLoad.awaitWrites(WRITES);
            Runnable end = absence.begin();
            load.awaitWrites(WRITES_WITHOUT);
            otherLoad.awaitWrites(WRITES_WITHOUT);
            for (Store each : List.of(store, other)) {
                long now = each.currentRevision().join();
                (each == store ? watcher : others).awaitRevision(now);
                assertThat(each.list(one, null, 0, 0).join().entries()).hasSize(4);
            }
            end.run();
        }
        load.awaitWrites(WRITES);
        otherLoad.awaitWrites(WRITES);
        load.stop();
        otherLoad.stop();
        load.assertComplete(other, watcher);
        otherLoad.assertComplete(store, others);
        long end = store.currentRevision().join();
        watcher.awaitRevision(end);
        others.awaitRevision(end);
        assertThat(watcher.described()).isEqualTo(others.described());
        assertThat(watcher.events())
                .extracting(Store.Event::revision)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    private static Absence killed(boolean leading) {
        return () -> {
            EtcdServer member = leading ? etcd.leader() : etcd.follower();
            member.kill();
            return member::restart;
        };
    }

    private static Absence paused(boolean leading) {
        return () -> {
            EtcdServer member = leading ? etcd.leader() : etcd.follower();
            member.pause();
            return member::resume;
        };
    }

    @Test
    void aMemberIsKilled() throws InterruptedException {
        goesOnWithout(open(), killed(false));
    }

    @Test
    void theLeaderIsKilledAndThenTheNext() throws InterruptedException {
        goesOnWithout(open(), killed(true), killed(true));
    }

    @Test
    void aMemberIsPaused() throws InterruptedException {
        goesOnWithout(open(), paused(false));
    }

    @Test
    void theLeaderIsPaused() throws InterruptedException {
        goesOnWithout(open(), paused(true));
    }

    @Test
    void theNetworkToEachMemberInTurnSwallowsEverythingOrBreaks() throws InterruptedException {
        List<TcpProxy> proxies = etcd.members().stream()
                .map(member -> new TcpProxy(member.port()))
                .toList();
        var absences = new ArrayList<Absence>();
        for (TcpProxy proxy : proxies) {
            absences.add(() -> {
                proxy.stall();
                return proxy::flow;
            });
            absences.add(() -> {
                proxy.cutAll();
                return () -> {};
            });
        }
        try {
            goesOnWithout(
                    open(proxies.stream()
                            .map(proxy -> "http://127.0.0.1:" + proxy.port())
                            .toArray(String[]::new)),
                    absences.toArray(Absence[]::new));
        } finally {
            proxies.forEach(TcpProxy::close);
        }
    }

    @Test
    void aReadOfAMemberThatIsSilentIsAskedOfTheNext() {
        // An election may still be going on, which takes longer than writers wait here.
        Store store = open(EtcdOptions.of(etcd.endpoints().split(",")));
        long written = store.create("/silent", "x".getBytes(StandardCharsets.UTF_8), null)
                .join();
        EtcdServer silent = etcd.follower();
        silent.pause();
        try {
            List<CompletableFuture<Store.Entry>> reads = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                reads.add(store.get("/silent"));
            }
            assertThat(reads)
                    .allSatisfy(read -> assertThat(read.join().revision()).isEqualTo(written));
            // One after the other: whichever of them finds out that the member is silent still is asked of the next.
            for (int i = 0; i < 6; i++) {
                assertThat(store.get("/silent").join().revision()).isEqualTo(written);
            }
        } finally {
            silent.resume();
        }
        store.delete("/silent", written).join();
    }
}
