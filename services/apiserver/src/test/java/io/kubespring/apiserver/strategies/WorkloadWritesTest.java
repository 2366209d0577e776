package io.kubespring.apiserver.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.TestServer.Reply;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What is particular to one workload or another when it is written, through a real server. */
class WorkloadWritesTest {

    private static final String APPS = "/apis/apps/v1/namespaces/default/";
    private static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";
    private static final String AUTOSCALERS = "/namespaces/default/horizontalpodautoscalers";
    private static final String SELECTED =
            "'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},"
                    + "'spec':{'containers':[{'name':'a','image':'b'}]}}";
    private static final String ONCE = "'spec':{'restartPolicy':'Never','containers':[{'name':'a','image':'b'}]}";

    @AutoClose
    private static final TestServer server = new TestServer();

    private static Reply post(String collection, String name, String rest) {
        Reply made = server.post(collection, "{'metadata':{'name':'" + name + "'}," + rest + "}");
        assertThat(made.status()).as(made.message()).isEqualTo(201);
        return made;
    }

    @Test
    void aDeploymentsLabelsAreNotItsStatussToChange() {
        post(APPS + "deployments", "labelled", "'spec':{" + SELECTED + "}");
        String uri = APPS + "deployments/labelled";
        Reply patched = server.patch(
                uri + "/status", "merge", "{'metadata':{'labels':{'x':'y'}},'status':{'observedGeneration':1}}");
        assertThat(patched.at("/status/observedGeneration").asInt()).isEqualTo(1);
        assertThat(patched.at("/metadata/labels").isMissingNode()).isTrue();
        Reply applied = server.apply(
                uri + "/status?fieldManager=c",
                "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'labelled','labels':{'x':'y'},"
                        + "'annotations':{'seen':'yes'}},'status':{'replicas':1}}");
        assertThat(applied.status()).as(applied.message()).isEqualTo(200);
        assertThat(applied.at("/metadata/annotations/seen").asString()).isEqualTo("yes");
        assertThat(applied.at("/metadata/managedFields/0/fieldsV1/f:metadata").propertyNames())
                .containsExactly("f:annotations");
        post(APPS + "replicasets", "labelled", "'spec':{" + SELECTED + "}");
        assertThat(server.patch(APPS + "replicasets/labelled/status", "merge", "{'metadata':{'labels':{'x':'y'}}}")
                        .at("/metadata/labels/x")
                        .asString())
                .isEqualTo("y");
    }

    @Test
    void aDaemonSetCountsTheChangesOfItsTemplate() {
        String annotation = "/metadata/annotations/deprecated.daemonset.template.generation";
        Reply made = post(APPS + "daemonsets", "agent", "'spec':{" + SELECTED + "}");
        assertThat(made.at(annotation).asString()).isEqualTo("1");
        String uri = APPS + "daemonsets/agent";
        Reply slower = server.patch(uri, "merge", "{'spec':{'minReadySeconds':3}}");
        assertThat(slower.at(annotation).asString()).isEqualTo("1");
        Reply changed = server.patch(uri, "merge", "{'spec':{'template':{'metadata':{'labels':{'x':'y'}}}}}");
        assertThat(changed.at(annotation).asString()).isEqualTo("2");
        assertThat(changed.at("/metadata/generation").asInt()).isEqualTo(3);
        Reply without = server.patch(uri, "merge", "{'metadata':{'annotations':null}}");
        assertThat(without.at(annotation).asString()).isEqualTo("2");
    }

    @Test
    void aJobIsToldFromAllOthersByItsUid() {
        Reply made = post(JOBS, "one", "'spec':{'template':{" + ONCE + "}}");
        String uid = made.at("/metadata/uid").asString();
        assertThat(made.at("/spec/selector/matchLabels/batch.kubernetes.io~1controller-uid")
                        .asString())
                .isEqualTo(uid);
        ObjectNode labels = (ObjectNode) made.at("/spec/template/metadata/labels");
        assertThat(labels.propertyNames())
                .containsExactlyInAnyOrder(
                        "batch.kubernetes.io/controller-uid",
                        "batch.kubernetes.io/job-name",
                        "controller-uid",
                        "job-name");
        assertThat(made.at("/metadata/labels")).isEqualTo(labels);
        Reply labelled = server.post(
                JOBS,
                "{'metadata':{'name':'two','labels':{'own':'yes'}},'spec':{'template':{'metadata':{'labels':{'a':'b'}},"
                        + ONCE + "}}}");
        assertThat(labelled.at("/metadata/labels").size()).isEqualTo(1);
        assertThat(labelled.at("/spec/template/metadata/labels/a").asString()).isEqualTo("b");
    }

    @Test
    void aJobThatClaimsAnothersPodsIsRefused() {
        Reply refused = server.post(
                JOBS,
                "{'metadata':{'name':'thief'},'spec':{'template':{'metadata':{'labels':{'job-name':'one'}}," + ONCE
                        + "}}}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.message())
                .startsWith("Job.batch \"thief\" is invalid: spec.template.metadata.labels[job-name]: Invalid value:")
                .endsWith("must be 'thief'");
    }

    @Test
    void namesAreWarnedOfWhenTheyAreGivenOnly() {
        Map<String, String> kinds = Map.of(
                APPS + "deployments",
                "'spec':{" + SELECTED + "}",
                APPS + "replicasets",
                "'spec':{" + SELECTED + "}",
                TestServer.NS + "/replicationcontrollers",
                "'spec':{" + SELECTED.replace("{'matchLabels':{'a':'b'}}", "{'a':'b'}") + "}",
                JOBS,
                "'spec':{'template':{" + ONCE + "}}",
                "/apis/batch/v1/namespaces/default/cronjobs",
                "'spec':{'schedule':'@daily','jobTemplate':{'spec':{'template':{" + ONCE + "}}}}");
        kinds.forEach((collection, spec) -> {
            assertThat(post(collection, "with.dots", spec).warnings())
                    .as(collection)
                    .singleElement()
                    .asString()
                    .contains("metadata.name: this is used in Pod names and hostnames, which can result in surprising"
                            + " behavior; a DNS label is recommended: [must not contain dots]");
            String spread = collection.endsWith("jobs") ? "'suspend':true" : "'minReadySeconds':2";
            Reply changed = server.patch(collection + "/with.dots", "merge", "{'spec':{" + spread + "}}");
            assertThat(changed.status()).as(changed.message()).isEqualTo(200);
            assertThat(changed.warnings()).as(collection).isEmpty();
        });
    }

    @Test
    void fractionsOfABytesAreWarnedOfInClaimTemplates() {
        Reply made = post(
                APPS + "statefulsets",
                "fractions",
                "'spec':{" + SELECTED + ",'volumeClaimTemplates':[{'metadata':{'name':'v'},'spec':{'accessModes':"
                        + "['ReadWriteOnce'],'resources':{'requests':{'storage':'1500m'}}}}]}");
        assertThat(made.warnings())
                .singleElement()
                .asString()
                .contains("spec.volumeClaimTemplates[0].resources.requests[storage]: fractional byte value")
                .contains("is invalid, must be an integer");
    }

    @Test
    void anAutoscalerIsTheSameInBothVersions() {
        post(
                "/apis/autoscaling/v2" + AUTOSCALERS,
                "both",
                "'spec':{'maxReplicas':4,'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'d'},"
                        + "'behavior':{'scaleDown':{'stabilizationWindowSeconds':60}},'metrics':["
                        + "{'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization','averageUtilization':50}}},"
                        + "{'type':'Pods','pods':{'metric':{'name':'m'},'target':{'type':'AverageValue','averageValue':'1'}}}]}");
        Reply v1 = server.get("/apis/autoscaling/v1" + AUTOSCALERS + "/both");
        assertThat(v1.at("/spec/targetCPUUtilizationPercentage").asInt()).isEqualTo(50);
        assertThat(v1.at("/status").toString()).isEqualTo("{\"desiredReplicas\":0,\"currentReplicas\":0}");
        assertThat(v1.at("/metadata/annotations").propertyNames())
                .containsExactlyInAnyOrder(
                        "autoscaling.alpha.kubernetes.io/metrics", "autoscaling.alpha.kubernetes.io/behavior");
        Reply changed = server.patch(
                "/apis/autoscaling/v1" + AUTOSCALERS + "/both",
                "merge",
                "{'spec':{'targetCPUUtilizationPercentage':60}}");
        assertThat(changed.status()).as(changed.message()).isEqualTo(200);
        Reply v2 = server.get("/apis/autoscaling/v2" + AUTOSCALERS + "/both");
        assertThat(v2.at("/spec/metrics").toString()).contains("\"averageUtilization\":60", "\"name\":\"m\"");
        assertThat(v2.at("/spec/behavior/scaleDown/stabilizationWindowSeconds").asInt())
                .isEqualTo(60);
        Reply broken = server.patch(
                "/apis/autoscaling/v1" + AUTOSCALERS + "/both",
                "merge",
                "{'metadata':{'annotations':{'autoscaling.alpha.kubernetes.io/behavior':"
                        + "'{\\'scaleUp\\':{\\'stabilizationWindowSeconds\\':-1}}'}}}");
        assertThat(broken.status()).isEqualTo(422);
        assertThat(broken.message()).contains("spec.behavior.scaleUp.stabilizationWindowSeconds: Invalid value: -1");
    }
}
