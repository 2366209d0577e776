package io.kubespring.apiserver.registry;

import static io.kubespring.apiserver.TestServer.MAPS;
import static io.kubespring.apiserver.TestServer.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.TestServer.Reply;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Grace periods, finalizers and propagation together, as the deletion's options and its state say. */
class GracefulDeletionTest {

    @AutoClose
    private static final TestServer server = new TestServer();

    private static String running(String name, String metadata) {
        server.post(
                PODS,
                "{'metadata':{'name':'" + name + "'" + metadata
                        + "},'spec':{'nodeName':'n','containers':[{'name':'c','image':'i'}]}}");
        return PODS + "/" + name;
    }

    private static long grace(Reply reply) {
        return reply.at("/metadata/deletionGracePeriodSeconds").asLong(-1);
    }

    @Test
    void theDeadlineIsTheRequestPlusTheGracePeriod() {
        var marked = server.delete(running("deadline", "") + "?gracePeriodSeconds=100");
        assertThat(grace(marked)).isEqualTo(100);
        assertThat(Instant.parse(marked.at("/metadata/deletionTimestamp").asString()))
                .isAfter(Instant.now().plusSeconds(60));
        assertThat(marked.at("/metadata/generation").asInt()).isEqualTo(2);
    }

    @Test
    void aPeriodCanOnlyBecomeShorter() {
        String pod = running("shorter", "");
        var first = server.delete(pod + "?gracePeriodSeconds=100");
        var same = server.delete(pod + "?gracePeriodSeconds=200");
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.at("/metadata/resourceVersion")).isEqualTo(first.at("/metadata/resourceVersion"));
        var shorter = server.delete(pod + "?gracePeriodSeconds=40");
        assertThat(grace(shorter)).isEqualTo(40);
        Instant before = Instant.parse(first.at("/metadata/deletionTimestamp").asString());
        assertThat(shorter.at("/metadata/deletionTimestamp").asString())
                .isEqualTo(before.minusSeconds(60).toString());
        assertThat(shorter.at("/metadata/generation")).isEqualTo(first.at("/metadata/generation"));
    }

    @Test
    void aNegativePeriodIsOneSecond() {
        assertThat(grace(server.delete(running("negative", "") + "?gracePeriodSeconds=-5")))
                .isEqualTo(1);
    }

    @Test
    void aPendingDeletionTakesNoNewPropagation() {
        String pod = running("pending", "");
        server.delete(pod + "?gracePeriodSeconds=100");
        var again = server.delete(pod + "?gracePeriodSeconds=100&propagationPolicy=Foreground");
        assertThat(again.at("/metadata").has("finalizers")).isFalse();
    }

    @Test
    void finalizersOutliveTheGracePeriod() {
        String pod = running("both", ",'finalizers':['example.com/f']");
        server.delete(pod + "?gracePeriodSeconds=100");
        var forced = server.delete(pod + "?gracePeriodSeconds=0");
        assertThat(forced.status()).isEqualTo(200);
        assertThat(grace(forced)).isZero();
        assertThat(server.get(pod).status()).isEqualTo(200);
        var last = server.patch(pod, "json", "[{'op':'remove','path':'/metadata/finalizers'}]");
        assertThat(last.status()).isEqualTo(200);
        assertThat(server.get(pod).status()).isEqualTo(404);
    }

    @Test
    void whoeverRemovesTheLastFinalizerWithinTheGracePeriodDoesNotEndIt() {
        String pod = running("early", ",'finalizers':['example.com/f']");
        server.delete(pod + "?gracePeriodSeconds=100");
        server.patch(pod, "merge", "{'metadata':{'finalizers':null}}");
        assertThat(grace(server.get(pod))).isEqualTo(100);
    }

    @Test
    void aDyingObjectTakesNoNewFinalizers() {
        server.post(MAPS, "{'metadata':{'name':'dying','finalizers':['example.com/f']}}");
        server.delete(MAPS + "/dying");
        var reply =
                server.patch(MAPS + "/dying", "merge", "{'metadata':{'finalizers':['example.com/f','example.com/g']}}");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.message())
                .isEqualTo("ConfigMap \"dying\" is invalid: metadata.finalizers: Forbidden: no new finalizers can be "
                        + "added if the object is being deleted, found new finalizers []string{\"example.com/g\"}");
    }

    @Test
    void theDeletionTimestampCannotBeTakenBack() {
        server.post(MAPS, "{'metadata':{'name':'back','finalizers':['example.com/f']}}");
        var marked = server.delete(MAPS + "/back");
        var reply = server.patch(MAPS + "/back", "merge", "{'metadata':{'deletionTimestamp':null},'data':{'a':'b'}}");
        assertThat(reply.at("/metadata/deletionTimestamp")).isEqualTo(marked.at("/metadata/deletionTimestamp"));
        assertThat(reply.at("/data/a").asString()).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'propagationPolicy':'Sideways'} | propagationPolicy: Unsupported value: \"Sideways\": supported"
                        + " values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"",
                "{'propagationPolicy':'Orphan','orphanDependents':true} | propagationPolicy: Invalid value: \"Orphan\":"
                        + " orphanDependents and deletionPropagation cannot be both set",
                "{'dryRun':['Some']} | dryRun: Unsupported value: [\"Some\"]: supported values: \"All\"",
            })
    void optionsThatMakeNoSense(String options, String error) {
        var reply = server.delete(MAPS + "/any", options);
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.message()).isEqualTo("DeleteOptions.meta.k8s.io \"\" is invalid: " + error);
    }

    @Test
    void cascadingByTheOldOptionIsAccepted() {
        server.post(MAPS, "{'metadata':{'name':'cascade','finalizers':['example.com/f']}}");
        assertThat(server.delete(MAPS + "/cascade?orphanDependents=false").status())
                .isEqualTo(202);
        server.post(MAPS, "{'metadata':{'name':'orphans'}}");
        assertThat(server.delete(MAPS + "/orphans", "{'orphanDependents':true}")
                        .at("/metadata/finalizers/0")
                        .asString())
                .isEqualTo("orphan");
    }
}
