package io.kubespring.e2e.table;

import io.kubespring.e2e.Cluster;
import io.kubespring.e2e.store.ApiServerProcess;
import io.kubespring.e2e.store.RawApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every scenario of {@code src/test/resources/table} against an API server. With {@code KUBESPRING_TABLE_URL} (and a
 * token "e2e-administrator" of group system:masters, and KUBECONFIG) it plays against any other, upstream's for one: the
 * answers are the same.
 */
@Tag("host")
class DifferentialTableTest {

    @TempDir
    static Path folder;

    private static ApiServerProcess server;
    private static String url;
    private static Path kubeconfig;

    private final AtomicInteger namespaces = new AtomicInteger();

    @BeforeAll
    static void start() throws IOException {
        String other = System.getenv("KUBESPRING_TABLE_URL");
        if (other == null) {
            server = ApiServerProcess.start(folder, "--storage-file=" + folder.resolve("state.db"));
            url = server.url();
            kubeconfig = server.kubeconfig();
        } else {
            url = other;
            kubeconfig = Path.of(System.getenv("KUBECONFIG"));
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> table() throws IOException {
        var api = new RawApi(url);
        String only = System.getenv().getOrDefault("KUBESPRING_TABLE_ONLY", "");
        return Scenario.all(Cluster.ROOT.resolve("e2e/src/test/resources/table")).stream()
                .filter(scenario -> scenario.toString().contains(only))
                .map(scenario -> DynamicTest.dynamicTest(
                        scenario.toString(),
                        () -> new TableRun(api, kubeconfig).play(scenario, "t-" + namespaces.incrementAndGet())));
    }
}
