package io.kubespring.e2e.table;

import io.kubespring.e2e.Cluster;
import io.kubespring.e2e.store.ApiServerProcess;
import io.kubespring.e2e.store.RawApi;
import io.kubespring.testing.etcd.EtcdServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every scenario of {@code src/test/resources/table} against an API server, on each store. With {@code KUBESPRING_TABLE_URL} (and a
 * token "e2e-administrator" of group system:masters, and KUBECONFIG) it plays against any other, upstream's for one: the
 * answers are the same. Nobody removes namespaces there: each run wants a KUBESPRING_TABLE_NAMESPACES of its own.
 */
@Tag("host")
class DifferentialTableTest {

    @TempDir
    static Path folder;

    private static final Deque<AutoCloseable> STARTED = new ArrayDeque<>();

    private final AtomicInteger namespaces = new AtomicInteger();

    @AfterAll
    static void stop() throws Exception {
        while (!STARTED.isEmpty()) {
            STARTED.pop().close();
        }
    }

    private static <T extends AutoCloseable> T started(T each) {
        STARTED.push(each);
        return each;
    }

    @TestFactory
    Stream<DynamicTest> table() throws IOException {
        String other = System.getenv("KUBESPRING_TABLE_URL");
        if (other != null) {
            return against(other, Path.of(System.getenv("KUBECONFIG")));
        }
        var server = started(ApiServerProcess.start(folder, "--storage-file=" + folder.resolve("state.db")));
        return against(server.url(), server.kubeconfig());
    }

    @TestFactory
    @DisabledIfEnvironmentVariable(named = "KUBESPRING_TABLE_URL", matches = ".+")
    Stream<DynamicTest> tableOnEtcd() throws IOException {
        var etcd = started(EtcdServer.start());
        var server = started(ApiServerProcess.start(folder.resolve("etcd"), "--etcd-servers=" + etcd.endpoint()));
        return against(server.url(), server.kubeconfig());
    }

    private Stream<DynamicTest> against(String url, Path kubeconfig) throws IOException {
        var api = new RawApi(url);
        String prefix = System.getenv().getOrDefault("KUBESPRING_TABLE_NAMESPACES", "t-");
        String only = System.getenv().getOrDefault("KUBESPRING_TABLE_ONLY", "");
        return Scenario.all(Cluster.ROOT.resolve("e2e/src/test/resources/table")).stream()
                .filter(scenario -> scenario.toString().contains(only))
                .map(scenario -> DynamicTest.dynamicTest(
                        scenario.toString(),
                        () -> new TableRun(api, kubeconfig).play(scenario, prefix + namespaces.incrementAndGet())));
    }
}
