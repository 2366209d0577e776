package io.kubespring.e2e.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.testing.etcd.EtcdCluster;
import io.kubespring.testing.etcd.EtcdServer;
import io.kubespring.testing.history.Call;
import io.kubespring.testing.history.Linearizability;
import io.kubespring.testing.history.Revisions;
import io.kubespring.testing.history.WatchLog;
import io.kubespring.testing.history.WatchOrder;
import io.kubespring.testing.net.TcpProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Concurrent clients and watchers of an API server that dies under them find one linearizable history. */
@Tag("host")
class HistoryTest {

    private static final int CLIENTS = 6;
    private static final int WATCHERS = 3;
    private static final int DISASTERS = 3;
    private static final int CALLS_BETWEEN = 500;

    /** That much goes on while a member is missing. */
    private static final int CALLS_WITHOUT = 100;

    @TempDir
    Path folder;

    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final List<RegisterWatcher> watchers = new ArrayList<>();
    private final AtomicBoolean enough = new AtomicBoolean();

    private interface Disaster {
        void strike(int number) throws Exception;
    }

    @Test
    void getsSwapsAndWatchesStayTrueUnderKill9OfAServerOnSqlite() throws Exception {
        try (var server = ApiServerProcess.start(folder, "--storage-file=" + folder.resolve("state.db"))) {
            play(List.of(server.url()), number -> {
                server.kill();
                server.restart();
            });
        }
        assertThat(violations()).isEmpty();
    }

    @Test
    void noAcknowledgedWriteWasUnsyncedWhenThePowerIsCut() throws Exception {
        var devices = new ArrayList<BlockDevice>();
        devices.add(BlockDevice.make(folder.resolve("device-0"), 64));
        Path store = Files.createSymbolicLink(
                folder.resolve("store"), devices.getFirst().folder());
        try (var server = ApiServerProcess.start(folder, "--storage-file=" + store.resolve("state.db"))) {
            play(List.of(server.url()), number -> {
                BlockDevice device = devices.getLast();
                server.pause();
                Path unsynced = Files.writeString(device.folder().resolve("unsynced"), "only in memory");
                BlockDevice next = device.afterPowerCut(folder.resolve("device-" + (number + 1)));
                devices.add(next);
                server.kill();
                Path dropped = next.folder().resolve(unsynced.getFileName());
                assertThat(Files.notExists(dropped) || Files.size(dropped) == 0)
                        .as("a power cut drops what was not synced")
                        .isTrue();
                Files.delete(store);
                Files.createSymbolicLink(store, next.folder());
                server.restart();
            });
        } finally {
            devices.forEach(BlockDevice::close);
        }
        assertThat(violations()).isEmpty();
    }

    @Test
    void twoServersOnOneEtcdAreOneHistoryWhileEtcdAndTheyDieAndStall() throws Exception {
        try (var etcd = EtcdServer.start();
                var one = ApiServerProcess.start(folder.resolve("one"), "--etcd-servers=" + etcd.endpoint());
                var other = ApiServerProcess.start(folder.resolve("other"), "--etcd-servers=" + etcd.endpoint())) {
            play(List.of(one.url(), other.url()), number -> {
                switch (number) {
                    case 0 -> {
                        etcd.kill();
                        etcd.restart();
                    }
                    case 1 -> {
                        other.kill();
                        other.restart();
                    }
                    default -> {
                        etcd.pause();
                        Thread.sleep(2_000);
                        etcd.resume();
                    }
                }
            });
        }
        assertThat(violations()).isEmpty();
        assertThat(watchers.getFirst().lists())
                .as("a server that lives has its watchers resume, whatever befell etcd")
                .isEqualTo(1);
    }

    @Test
    void twoServersOnThreeMembersAreOneHistoryWhileAnyOfThemDiesStallsOrIsCutOff() throws Exception {
        try (var etcd = EtcdCluster.start(3)) {
            List<TcpProxy> ways = etcd.members().stream()
                    .map(member -> new TcpProxy(member.port()))
                    .toList();
            String through =
                    ways.stream().map(way -> "http://127.0.0.1:" + way.port()).collect(Collectors.joining(","));
            try (var one = ApiServerProcess.start(folder.resolve("one"), "--etcd-servers=" + etcd.endpoints());
                    var other = ApiServerProcess.start(folder.resolve("other"), "--etcd-servers=" + through)) {
                play(List.of(one.url(), other.url()), number -> {
                    EtcdServer leader = etcd.leader();
                    switch (number) {
                        case 0 -> {
                            leader.kill();
                            await(calls.size() + CALLS_WITHOUT);
                            leader.restart();
                        }
                        case 1 -> {
                            leader.pause();
                            await(calls.size() + CALLS_WITHOUT);
                            leader.resume();
                        }
                        default -> {
                            for (TcpProxy way : ways) {
                                way.stall();
                                await(calls.size() + CALLS_WITHOUT);
                                way.flow();
                            }
                        }
                    }
                });
            } finally {
                ways.forEach(TcpProxy::close);
            }
        }
        assertThat(violations()).isEmpty();
        assertThat(watchers)
                .as("watchers resume, whatever befell a member")
                .allSatisfy(watcher -> assertThat(watcher.lists()).isEqualTo(1));
    }

    private void play(List<String> urls, Disaster disaster) throws Exception {
        var threads = new ArrayList<Thread>();
        var watching = new AtomicBoolean();
        for (int number = 0; number < WATCHERS; number++) {
            var api = new RawApi(urls.get(number % urls.size()));
            watchers.add(new RegisterWatcher(api, new WatchLog("watcher " + number), watching));
            threads.add(Thread.ofVirtual().start(watchers.getLast()));
        }
        for (int number = 0; number < CLIENTS; number++) {
            var api = new RawApi(urls.get(number % urls.size()));
            threads.add(Thread.ofVirtual().start(new RegisterClient(number, api, calls, enough)));
        }
        for (int number = 0; number < DISASTERS; number++) {
            await((number + 1) * CALLS_BETWEEN);
            disaster.strike(number);
        }
        await((DISASTERS + 1) * CALLS_BETWEEN);
        enough.set(true);
        drain(urls.getFirst());
        watching.set(true);
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void await(int count) throws InterruptedException {
        for (int waited = 0; calls.size() < count; waited++) {
            assertThat(waited).as("only %s of %s calls", calls.size(), count).isLessThan(1_200);
            Thread.sleep(50);
        }
    }

    /** One last write that every watcher hears of: then each has heard everything. */
    private void drain(String url) throws Exception {
        var last = new RawApi(url)
                .json(
                        "POST",
                        RegisterClient.PATH,
                        "{\"metadata\":{\"name\":\"last\",\"labels\":{\"history\":\"yes\"}},\"data\":{\"value\":\"last\"}}");
        assertThat(last.statusCode()).as(last.body()).isEqualTo(201);
        long revision = Long.parseLong(last.body().replaceAll("(?s).*\"resourceVersion\":\"(\\d+)\".*", "$1"));
        for (RegisterWatcher watcher : watchers) {
            for (int waited = 0; watcher.log().revision() < revision; waited++) {
                assertThat(waited).as("watchers hear of everything").isLessThan(400);
                Thread.sleep(50);
            }
        }
    }

    private List<String> violations() {
        List<Call> all = List.copyOf(calls);
        Revisions revisions = Revisions.of(all);
        var violations = new ArrayList<>(revisions.violations());
        violations.addAll(Linearizability.violations(all, revisions));
        violations.addAll(WatchOrder.violations(
                all, watchers.stream().map(RegisterWatcher::log).toList()));
        return violations;
    }
}
