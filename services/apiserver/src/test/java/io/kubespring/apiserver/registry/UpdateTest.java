package io.kubespring.apiserver.registry;

import static io.kubespring.apiserver.TestServer.DEPLOYMENTS;
import static io.kubespring.apiserver.TestServer.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** PUT and the status subresource: optimistic concurrency, what cannot change, no-op writes. */
class UpdateTest {

    static final String DEPLOYMENT = """
        {'metadata':{'name':'%s'},'spec':{'replicas':2,'selector':{'matchLabels':{'app':'w'}},'template':{\
        'metadata':{'labels':{'app':'w'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}\
        """;

    @AutoClose
    private static final TestServer server = new TestServer();

    private static ObjectNode map(String name) {
        return server.post(MAPS, "{'metadata':{'name':'" + name + "'},'data':{'a':'1'}}")
                .json();
    }

    private static void setData(ObjectNode map, String value) {
        ((ObjectNode) map.get("data")).put("a", value);
    }

    @Test
    void aStaleVersionIsAConflict() {
        ObjectNode map = map("stale");
        setData(map, "2");
        assertThat(server.put(MAPS + "/stale", map).status()).isEqualTo(200);
        setData(map, "3");
        var reply = server.put(MAPS + "/stale", map);
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.message())
                .isEqualTo(
                        "Operation cannot be fulfilled on configmaps \"stale\": the object has been modified; please "
                                + "apply your changes to the latest version and try again");
    }

    @Test
    void withoutAVersionTheLastWriterWins() {
        map("unconditional");
        var reply = server.put(MAPS + "/unconditional", "{'metadata':{'name':'unconditional'},'data':{'b':'2'}}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data").size()).isEqualTo(1);
    }

    @Test
    void anotherUidIsAConflict() {
        map("uid");
        var reply = server.put(MAPS + "/uid", "{'metadata':{'name':'uid','uid':'another'}}");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.message()).contains("Precondition failed: UID in precondition: another");
    }

    @Test
    void aMissingObjectIsNotMade() {
        assertThat(server.put(MAPS + "/missing", "{'metadata':{'name':'missing'}}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void leasesAreMadeByPut() {
        var reply = server.put(
                "/apis/coordination.k8s.io/v1/namespaces/default/leases/l",
                "{'metadata':{'name':'l'},'spec':{'holderIdentity':'me','leaseDurationSeconds':15}}");
        assertThat(reply.status()).isEqualTo(201);
    }

    @Test
    void theNameInThePathCounts() {
        map("path");
        var reply = server.put(MAPS + "/path", "{'metadata':{'name':'other'}}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message())
                .isEqualTo("the name of the object (other) does not match the name on the URL (path)");
    }

    @Test
    void identityIsKept() {
        ObjectNode map = map("kept");
        var reply = server.put(
                MAPS + "/kept",
                "{'metadata':{'name':'kept','creationTimestamp':'2001-01-01T00:00:00Z','generation':9,"
                        + "'selfLink':'/x'}}");
        assertThat(reply.at("/metadata/uid")).isEqualTo(map.at("/metadata/uid"));
        assertThat(reply.at("/metadata/creationTimestamp")).isEqualTo(map.at("/metadata/creationTimestamp"));
        assertThat(reply.at("/metadata/generation").isMissingNode()).isTrue();
        assertThat(reply.at("/metadata/selfLink").isMissingNode()).isTrue();
        var dying =
                server.put(MAPS + "/kept", "{'metadata':{'name':'kept','deletionTimestamp':'2001-01-01T00:00:00Z'}}");
        assertThat(dying.status()).isEqualTo(422);
        assertThat(dying.message())
                .isEqualTo("ConfigMap \"kept\" is invalid: metadata.deletionTimestamp: Invalid value: "
                        + "\"2001-01-01T00:00:00Z\": field is immutable");
    }

    @Test
    void aWriteThatChangesNothingIsNotStored() {
        ObjectNode map = map("noop");
        var reply = server.put(MAPS + "/noop", map);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/metadata/resourceVersion")).isEqualTo(map.at("/metadata/resourceVersion"));
    }

    @Test
    void aDryRunAnswersButStoresNothing() {
        ObjectNode map = map("dry");
        setData(map, "2");
        assertThat(server.put(MAPS + "/dry?dryRun=All", map).at("/data/a").asString())
                .isEqualTo("2");
        assertThat(server.get(MAPS + "/dry").at("/data/a").asString()).isEqualTo("1");
    }

    @Test
    void generationCountsChangesOfTheSpecOnly() {
        ObjectNode made =
                server.post(DEPLOYMENTS, DEPLOYMENT.formatted("counted")).json();
        ((ObjectNode) made.get("metadata")).putObject("labels").put("a", "b");
        ObjectNode labelled = server.put(DEPLOYMENTS + "/counted", made).json();
        assertThat(labelled.at("/metadata/generation").asInt()).isEqualTo(1);
        ((ObjectNode) labelled.get("spec")).put("replicas", 5);
        assertThat(server.put(DEPLOYMENTS + "/counted", labelled)
                        .at("/metadata/generation")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void specAndStatusHaveDoorsOfTheirOwn() {
        ObjectNode made =
                server.post(DEPLOYMENTS, DEPLOYMENT.formatted("doors")).json();
        made.putObject("status").put("replicas", 7);
        ((ObjectNode) made.get("spec")).put("replicas", 9);
        ObjectNode status = server.put(DEPLOYMENTS + "/doors/status", made).json();
        assertThat(status.at("/status/replicas").asInt()).isEqualTo(7);
        assertThat(status.at("/spec/replicas").asInt()).isEqualTo(2);
        ((ObjectNode) status.get("status")).put("replicas", 8);
        ((ObjectNode) status.get("spec")).put("replicas", 4);
        ObjectNode spec = server.put(DEPLOYMENTS + "/doors", status).json();
        assertThat(spec.at("/status/replicas").asInt()).isEqualTo(7);
        assertThat(spec.at("/spec/replicas").asInt()).isEqualTo(4);
    }

    @Test
    void concurrentPatchesAllArrive() {
        map("busy");
        CompletableFuture<?>[] writers = IntStream.range(0, 16)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> assertThat(server.patch(MAPS + "/busy", "merge", "{'data':{'k" + i + "':'v'}}")
                                        .status())
                                .isEqualTo(200)))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(writers).join();
        assertThat(server.get(MAPS + "/busy").at("/data").size()).isEqualTo(17);
    }
}
