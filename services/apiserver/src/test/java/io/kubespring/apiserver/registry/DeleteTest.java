package io.kubespring.apiserver.registry;

import static io.kubespring.apiserver.TestServer.DEPLOYMENTS;
import static io.kubespring.apiserver.TestServer.MAPS;
import static io.kubespring.apiserver.TestServer.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** DELETE: at once, gracefully, held by finalizers, with a say about dependents. */
class DeleteTest {

    private static final String POD = "{'metadata':{'name':'%s'},'spec':{'containers':[{'name':'c','image':'i'}]}}";

    @AutoClose
    private static final TestServer server = new TestServer();

    private static void map(String name, String metadata) {
        server.post(MAPS, "{'metadata':{'name':'" + name + "'" + metadata + "}}");
    }

    @Test
    void anObjectGoesAtOnce() {
        map("gone", "");
        var reply = server.delete(MAPS + "/gone");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/kind").asString()).isEqualTo("Status");
        assertThat(reply.at("/status").asString()).isEqualTo("Success");
        assertThat(reply.at("/details/name").asString()).isEqualTo("gone");
        assertThat(reply.at("/details/kind").asString()).isEqualTo("configmaps");
        assertThat(server.get(MAPS + "/gone").status()).isEqualTo(404);
        assertThat(server.delete(MAPS + "/gone").status()).isEqualTo(404);
    }

    @Test
    void preconditionsAreConflicts() {
        map("sure", "");
        var uid = server.get(MAPS + "/sure").at("/metadata/uid").asString();
        assertThat(server.delete(MAPS + "/sure", "{'preconditions':{'uid':'x'}}")
                        .message())
                .isEqualTo("Operation cannot be fulfilled on ConfigMap \"sure\": the UID in the precondition (x) does "
                        + "not match the UID in record (" + uid
                        + "). The object might have been deleted and then recreated");
        assertThat(server.delete(MAPS + "/sure", "{'preconditions':{'resourceVersion':'1'}}")
                        .message())
                .matches("Operation cannot be fulfilled on ConfigMap \"sure\": the ResourceVersion in the precondition "
                        + "\\(1\\) does not match the ResourceVersion in record \\(\\d+\\)\\. The object might have "
                        + "been modified");
        assertThat(server.get(MAPS + "/sure").status()).isEqualTo(200);
    }

    @Test
    void finalizersHoldADeletionUntilTheLastIsGone() {
        map("held", ",'finalizers':['example.com/one']");
        var marked = server.delete(MAPS + "/held");
        assertThat(marked.status()).isEqualTo(200);
        assertThat(marked.at("/metadata/deletionTimestamp").asString()).isNotEmpty();
        assertThat(marked.at("/metadata/deletionGracePeriodSeconds").asInt(-1)).isZero();
        assertThat(server.get(MAPS + "/held").status()).isEqualTo(200);
        server.patch(MAPS + "/held", "merge", "{'metadata':{'finalizers':null}}");
        assertThat(server.get(MAPS + "/held").status()).isEqualTo(404);
    }

    @Test
    void dependentsAreOrphanedOrDeletedFirstByAFinalizer() {
        map("orphan", "");
        assertThat(server.delete(MAPS + "/orphan?propagationPolicy=Orphan")
                        .at("/metadata/finalizers/0")
                        .asString())
                .isEqualTo("orphan");
        map("foreground", "");
        assertThat(server.delete(MAPS + "/foreground", "{'propagationPolicy':'Foreground'}")
                        .at("/metadata/finalizers/0")
                        .asString())
                .isEqualTo("foregroundDeletion");
        map("background", "");
        assertThat(server.delete(MAPS + "/background", "{'propagationPolicy':'Background'}")
                        .at("/kind")
                        .asString())
                .isEqualTo("Status");
        map("wrong", "");
        assertThat(server.delete(MAPS + "/wrong?propagationPolicy=Sideways").status())
                .isEqualTo(422);
    }

    @Test
    void jobsOrphanTheirPodsUnlessAskedOtherwise() {
        String jobs = "/apis/batch/v1/namespaces/default/jobs";
        var made = server.post(
                jobs,
                "{'metadata':{'name':'j'},'spec':{'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'c',"
                        + "'image':'i'}]}}}}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(server.delete(jobs + "/j").at("/metadata/finalizers/0").asString())
                .isEqualTo("orphan");
    }

    @Test
    void anUnscheduledPodGoesAtOnce() {
        server.post(PODS, POD.formatted("fresh"));
        var reply = server.delete(PODS + "/fresh");
        assertThat(reply.at("/kind").asString()).isEqualTo("Pod");
        assertThat(server.get(PODS + "/fresh").status()).isEqualTo(404);
    }

    @Test
    void aRunningPodGetsItsGracePeriod() {
        server.post(PODS, POD.formatted("graceful"));
        server.post(PODS + "/graceful/binding", "{'metadata':{'name':'graceful'},'target':{'kind':'Node','name':'n'}}");
        var marked = server.delete(PODS + "/graceful");
        assertThat(marked.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(30);
        var shorter = server.delete(PODS + "/graceful?gracePeriodSeconds=5");
        assertThat(shorter.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(5);
        var longer = server.delete(PODS + "/graceful?gracePeriodSeconds=60");
        assertThat(longer.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(5);
        server.delete(PODS + "/graceful?gracePeriodSeconds=0");
        assertThat(server.get(PODS + "/graceful").status()).isEqualTo(404);
    }

    @Test
    void aDryRunDeletesNothing() {
        map("dry", "");
        assertThat(server.delete(MAPS + "/dry?dryRun=All").status()).isEqualTo(200);
        assertThat(server.get(MAPS + "/dry").status()).isEqualTo(200);
    }

    @Test
    void collectionsAreDeletedBySelector() {
        map("c1", ",'labels':{'group':'c'}");
        map("c2", ",'labels':{'group':'c'}");
        map("c3", ",'labels':{'group':'other'}");
        var reply = server.delete(MAPS + "?labelSelector=group%3Dc");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/items").size()).isEqualTo(2);
        assertThat(server.get(MAPS + "/c1").status()).isEqualTo(404);
        assertThat(server.get(MAPS + "/c3").status()).isEqualTo(200);
    }

    @Test
    void aNamespaceGoesWhenItIsFinalized() {
        String namespaces = "/api/v1/namespaces";
        server.post(namespaces, "{'metadata':{'name':'leaving'}}");
        var marked = server.delete(namespaces + "/leaving");
        assertThat(marked.at("/status/phase").asString()).isEqualTo("Terminating");
        assertThat(server.post(namespaces + "/leaving/configmaps", "{'metadata':{'name':'late'}}")
                        .status())
                .isEqualTo(403);
        ObjectNode namespace = server.get(namespaces + "/leaving").json();
        ((ObjectNode) namespace.get("spec")).remove("finalizers");
        assertThat(server.put(namespaces + "/leaving/finalize", namespace).status())
                .isEqualTo(200);
        assertThat(server.get(namespaces + "/leaving").status()).isEqualTo(404);
    }

    @Test
    void markingCountsAsAGeneration() {
        server.post(DEPLOYMENTS, UpdateTest.DEPLOYMENT.formatted("marked"));
        var marked = server.delete(DEPLOYMENTS + "/marked?propagationPolicy=Foreground");
        assertThat(marked.at("/metadata/generation").asInt()).isEqualTo(2);
    }
}
