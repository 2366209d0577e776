package io.kubespring.apiserver.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.security.SecuredServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is stored once is served in each of its versions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoVersionsTest {

    private static final String CORE = "/api/v1/namespaces/default/events";
    private static final String EVENTS = "/apis/events.k8s.io/v1/namespaces/default/events";
    private static final String V1 = "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers";
    private static final String V2 = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers";

    private SecuredServer server;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = new SecuredServer(directory);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void anEventOfTheNewGroupIsSeenInCore() {
        assertThat(server.admin("POST", EVENTS, """
            {'metadata': {'name': 'a'}, 'eventTime': '2026-01-01T00:00:00.000000Z', 'type': 'Normal',
             'reason': 'Made', 'action': 'Make', 'note': 'made it', 'reportingController': 'example.com/t',
             'reportingInstance': 't-1', 'regarding': {'kind': 'Pod', 'namespace': 'default', 'name': 'p'}}\
            """).status()).isEqualTo(201);
        JsonNode core = server.get(CORE + "/a");
        assertThat(core.path("apiVersion").asString()).isEqualTo("v1");
        assertThat(core.path("message").asString()).isEqualTo("made it");
        assertThat(core.at("/involvedObject/name").asString()).isEqualTo("p");
        assertThat(server.get(EVENTS + "/a").path("note").asString()).isEqualTo("made it");
    }

    @Test
    void aListHasTheVersionThatIsAskedFor() {
        server.admin("POST", CORE, """
            {'metadata': {'name': 'b'}, 'message': 'told', 'reason': 'Told', 'type': 'Normal',
             'involvedObject': {'kind': 'Pod', 'namespace': 'default', 'name': 'p'}, 'source': {'component': 't'}}\
            """);
        JsonNode list = server.get(EVENTS + "?fieldSelector=metadata.name%3Db");
        assertThat(list.path("apiVersion").asString()).isEqualTo("events.k8s.io/v1");
        assertThat(list.path("items")).hasSize(1);
        assertThat(list.at("/items/0").has("apiVersion")).isFalse();
        assertThat(list.at("/items/0/note").asString()).isEqualTo("told");
    }

    @Test
    void anAutoscalerIsUpdatedThroughEitherVersion() {
        assertThat(server.admin("POST", V1, """
            {'metadata': {'name': 'h'}, 'spec': {'maxReplicas': 3, 'targetCPUUtilizationPercentage': 80,
             'scaleTargetRef': {'apiVersion': 'apps/v1', 'kind': 'Deployment', 'name': 'web'}}}\
            """).status()).isEqualTo(201);
        assertThat(server.get(V2 + "/h")
                        .at("/spec/metrics/0/resource/target/averageUtilization")
                        .asInt())
                .isEqualTo(80);
        assertThat(server.admin("PATCH", V1 + "/h", "{'spec': {'targetCPUUtilizationPercentage': 50}}")
                        .status())
                .isEqualTo(200);
        assertThat(server.admin("PATCH", V2 + "/h", "{'spec': {'maxReplicas': 9}}")
                        .status())
                .isEqualTo(200);
        JsonNode v1 = server.get(V1 + "/h");
        assertThat(v1.at("/spec/targetCPUUtilizationPercentage").asInt()).isEqualTo(50);
        assertThat(v1.at("/spec/maxReplicas").asInt()).isEqualTo(9);
    }

    @Test
    void writingTheSameAgainThroughTheOtherVersionChangesNothing() {
        server.admin("POST", V2, """
            {'metadata': {'name': 'same'}, 'spec': {'maxReplicas': 3,
             'scaleTargetRef': {'apiVersion': 'apps/v1', 'kind': 'Deployment', 'name': 'web'},
             'metrics': [{'type': 'Resource', 'resource': {'name': 'cpu',
               'target': {'type': 'Utilization', 'averageUtilization': 70}}}]}}\
            """);
        String before = server.get(V2 + "/same").at("/metadata/resourceVersion").asString();
        server.admin("PATCH", V1 + "/same", "{'spec': {'maxReplicas': 3}}");
        assertThat(server.get(V2 + "/same").at("/metadata/resourceVersion").asString())
                .isEqualTo(before);
    }
}
