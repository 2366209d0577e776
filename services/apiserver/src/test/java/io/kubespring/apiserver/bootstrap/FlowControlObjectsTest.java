package io.kubespring.apiserver.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.SystemTime;
import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.apiserver.TestServer;
import io.kubespring.client.KubeClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The cluster's own priority levels and flow schemas, kept by upstream's rules. */
class FlowControlObjectsTest {

    private static final String GROUP = "/apis/flowcontrol.apiserver.k8s.io/v1";
    private static final String SCHEMAS = GROUP + "/flowschemas";
    private static final String LEVELS = GROUP + "/prioritylevelconfigurations";

    private static TestServer server;
    private static KubeClient client;

    @BeforeAll
    static void start() {
        server = new TestServer(ApiServerConfig.open().withBootstrap());
        client = KubeClient.over(server.core.transport("admin", "system:masters"), SystemTime.instance());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void maintain() {
        new FlowControlObjects().run(client);
    }

    @Test
    void allOfThemAreThere() {
        assertThat(server.get(SCHEMAS).at("/items")).hasSize(11);
        assertThat(server.get(LEVELS).at("/items")).hasSize(8);
        assertThat(server.get(SCHEMAS + "/probes")
                        .at("/metadata/annotations/apf.kubernetes.io~1autoupdate-spec")
                        .asString())
                .isEqualTo("true");
    }

    @Test
    void aSuggestedOneIsRestoredUntilAnAdministratorTakesItOver() {
        server.patch(LEVELS + "/workload-low", "merge", "{'spec':{'limited':{'nominalConcurrencyShares':7}}}");
        maintain();
        assertThat(server.get(LEVELS + "/workload-low")
                        .at("/spec/limited/nominalConcurrencyShares")
                        .asInt())
                .isEqualTo(100);
        server.patch(
                LEVELS + "/workload-low",
                "merge",
                "{'metadata':{'annotations':{'apf.kubernetes.io/autoupdate-spec':'false'}},"
                        + "'spec':{'limited':{'nominalConcurrencyShares':7}}}");
        maintain();
        assertThat(server.get(LEVELS + "/workload-low")
                        .at("/spec/limited/nominalConcurrencyShares")
                        .asInt())
                .isEqualTo(7);
    }

    @Test
    void whatIsDeletedReturns() {
        server.delete(SCHEMAS + "/catch-all");
        server.delete(SCHEMAS + "/system-nodes");
        maintain();
        assertThat(server.get(SCHEMAS + "/catch-all").status()).isEqualTo(200);
        assertThat(server.get(SCHEMAS + "/system-nodes").status()).isEqualTo(200);
    }

    @Test
    void oneOfAnOlderReleaseGoesAndAUsersStays() {
        ObjectNode old = server.get(SCHEMAS + "/service-accounts").json();
        old.remove("status");
        old.putObject("metadata").put("name", "endpoint-controller");
        server.post(SCHEMAS, old.toString());
        ((ObjectNode) old.get("metadata"))
                .put("name", "older")
                .putObject("annotations")
                .put("apf.kubernetes.io/autoupdate-spec", "true");
        server.post(SCHEMAS, old.toString());
        maintain();
        assertThat(server.get(SCHEMAS + "/older").status()).isEqualTo(404);
        assertThat(server.get(SCHEMAS + "/endpoint-controller").status()).isEqualTo(200);
    }

    @Test
    void theStatusSaysWhetherTheLevelIsMissing() {
        TestServer.await(() -> dangling("global-default").equals("False Found"));
        ObjectNode lost = server.get(SCHEMAS + "/service-accounts").json();
        lost.remove("status");
        lost.putObject("metadata").put("name", "lost");
        ((ObjectNode) lost.at("/spec/priorityLevelConfiguration")).put("name", "nowhere");
        server.post(SCHEMAS, lost.toString());
        TestServer.await(() -> dangling("lost").equals("True NotFound"));
    }

    private static String dangling(String schema) {
        var condition = server.get(SCHEMAS + "/" + schema).at("/status/conditions/0");
        return condition.path("status").asString("") + " "
                + condition.path("reason").asString("");
    }

    @Test
    void mandatoryOnesCannotBeChanged() {
        var refused =
                server.patch(LEVELS + "/catch-all", "merge", "{'spec':{'limited':{'nominalConcurrencyShares':6}}}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.message()).endsWith("spec of 'catch-all' must equal the fixed value");
    }
}
