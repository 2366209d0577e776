package io.kubespring.apiserver.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer.Reply;
import io.kubespring.apiserver.kinds.KindSample.Sheet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which kinds a PUT creates, and which it only changes by a resourceVersion: upstream's AllowCreateOnUpdate and
 * AllowUnconditionalUpdate, for the groups that are named here.
 */
class UpdatePoliciesTest {

    private static final Set<String> GROUPS =
            Set.of("", "events.k8s.io", "discovery.k8s.io", "coordination.k8s.io", "storage.k8s.io");
    private static final Set<String> OF_WORKLOADS = Set.of("pods", "podtemplates", "replicationcontrollers");
    private static final Set<String> CREATED = Set.of("services", "endpoints", "events", "limitranges", "leases");
    private static final Set<String> CONDITIONAL =
            Set.of("leases", "csidrivers", "csinodes", "csistoragecapacities", "volumeattachments");

    private static KindServer server;

    @BeforeAll
    static void start() {
        server = new KindServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<KindSample> stored() {
        return KindSamples.with("sample")
                .filter(each -> each.type().stored())
                .filter(each -> GROUPS.contains(each.type().kind().group()))
                .filter(each -> !OF_WORKLOADS.contains(each.type().plural()));
    }

    @ParameterizedTest
    @MethodSource("stored")
    void aPutOfWhatIsMissing(KindSample sample) {
        Sheet sheet = sample.fresh();
        server.prepare(sheet);
        Reply put = server.put(sheet.uri(), sheet.sample());
        assertThat(put.status())
                .as(put.message())
                .isEqualTo(CREATED.contains(sample.type().plural()) ? 201 : 404);
    }

    @ParameterizedTest
    @MethodSource("stored")
    void aPutWithoutAVersion(KindSample sample) {
        Sheet sheet = sample.fresh();
        ObjectNode current = server.create(sheet);
        ((ObjectNode) current.get("metadata")).remove("resourceVersion");
        Reply put = server.put(sheet.uri(), current);
        if (CONDITIONAL.contains(sample.type().plural())) {
            assertThat(put.status()).isEqualTo(422);
            assertThat(put.message())
                    .endsWith("metadata.resourceVersion: Invalid value: 0: must be specified for an update");
        } else {
            assertThat(put.status()).as(put.message()).isEqualTo(200);
        }
    }
}
