package io.kubespring.apiserver.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.kinds.Covers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The endpoints below a Pod that change part of it, through a real server. */
class PodEndpointsTest {

    @AutoClose
    private static final TestServer server = new TestServer();

    private static String pod(String name, String spec) {
        var made = server.post(TestServer.PODS, "{'metadata':{'name':'" + name + "'},'spec':{" + spec + "}}");
        assertThat(made.status()).as(made.message()).isEqualTo(201);
        return TestServer.PODS + "/" + name;
    }

    @Test
    @Covers(resource = "pods", subresource = "ephemeralcontainers")
    void ephemeralContainersComeAndStay() {
        String uri = pod("debugged", "'containers':[{'name':'a','image':'b'}]");
        assertThat(server.get(uri + "/ephemeralcontainers").at("/kind").asString())
                .isEqualTo("Pod");
        var added = server.patch(
                uri + "/ephemeralcontainers",
                "strategic-merge",
                "{'metadata':{'labels':{'x':'y'}},'spec':{'nodeName':'elsewhere','ephemeralContainers':"
                        + "[{'name':'e','image':'busybox','targetContainerName':'a'}]}}");
        assertThat(added.status()).as(added.message()).isEqualTo(200);
        assertThat(added.at("/spec/ephemeralContainers/0/imagePullPolicy").asString())
                .isEqualTo("Always");
        assertThat(added.at("/spec/nodeName").isMissingNode()).isTrue();
        assertThat(added.at("/metadata/labels/x").isMissingNode()).isTrue();
        assertThat(added.at("/metadata/generation").asInt()).isEqualTo(2);
        assertThat(added.at("/metadata/managedFields/1/subresource").asString()).isEqualTo("ephemeralcontainers");
        var removed = server.patch(uri + "/ephemeralcontainers", "merge", "{'spec':{'ephemeralContainers':[]}}");
        assertThat(removed.status()).isEqualTo(422);
        assertThat(removed.message()).contains("existing ephemeral containers \"e\" may not be removed");
        var probed = server.patch(
                uri + "/ephemeralcontainers",
                "strategic-merge",
                "{'spec':{'ephemeralContainers':[{'name':'f','image':'b','ports':[{'containerPort':1}]}]}}");
        assertThat(probed.message())
                .isEqualTo(
                        "Pod \"debugged\" is invalid: spec.ephemeralContainers[0].ports: Forbidden: cannot be set for"
                                + " an Ephemeral Container");
    }

    @Test
    @Covers(resource = "pods", subresource = "resize")
    void resizingChangesCpuAndMemoryAlone() {
        String uri = pod("resized", "'containers':[{'name':'a','image':'b','resources':{'requests':{'cpu':'1'}}}]");
        var resized = server.patch(
                uri + "/resize",
                "strategic-merge",
                "{'spec':{'dnsPolicy':'Default','containers':[{'name':'a','image':'c','resources':{'requests':"
                        + "{'cpu':'2'}}}]}}");
        assertThat(resized.status()).as(resized.message()).isEqualTo(200);
        assertThat(resized.at("/spec/containers/0/resources/requests/cpu").asString())
                .isEqualTo("2");
        assertThat(resized.at("/spec/containers/0/image").asString()).isEqualTo("b");
        assertThat(resized.at("/spec/dnsPolicy").asString()).isEqualTo("ClusterFirst");
        assertThat(resized.at("/metadata/generation").asInt()).isEqualTo(2);
        assertThat(resized.at("/metadata/managedFields/1/subresource").asString())
                .isEqualTo("resize");
        var lost = server.patch(
                uri + "/resize", "json", "[{'op':'remove','path':'/spec/containers/0/resources/requests'}]");
        assertThat(lost.message())
                .isEqualTo(
                        "Pod \"resized\" is invalid: [spec: Invalid value: \"Burstable\": Pod QOS Class may not change"
                                + " as a result of resizing, spec.containers[0].resources.requests: Forbidden: resource"
                                + " requests cannot be removed]");
        var through = server.patch(
                uri, "strategic-merge", "{'spec':{'containers':[{'name':'a','resources':{'requests':{'cpu':'3'}}}]}}");
        assertThat(through.message()).contains("pod updates may not change fields other than ");
    }

    @Test
    void keysOfMatchLabelKeysBecomeRequirements() {
        var made = server.post(
                TestServer.PODS,
                "{'metadata':{'name':'keyed','labels':{'hash':'1'}},'spec':{'containers':[{'name':'a','image':'b'}],"
                        + "'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'z','whenUnsatisfiable':'DoNotSchedule',"
                        + "'labelSelector':{'matchLabels':{'a':'b'}},'matchLabelKeys':['hash','absent']}]}}");
        assertThat(made.at("/spec/topologySpreadConstraints/0/labelSelector/matchExpressions")
                        .toString())
                .isEqualTo("[{\"key\":\"hash\",\"operator\":\"In\",\"values\":[\"1\"]}]");
        var same = server.put(TestServer.PODS + "/keyed", made.json());
        assertThat(same.status()).as(same.message()).isEqualTo(200);
    }

    @Test
    void theStatusKeepsWhatAnOldKubeletForgets() {
        String uri = pod("reported", "'containers':[{'name':'a','image':'b'}]");
        server.patch(
                uri + "/status",
                "merge",
                "{'status':{'observedGeneration':1,'conditions':[{'type':'Ready','status':'True','observedGeneration':1}]}}");
        ObjectNode pod = server.get(uri).json();
        ObjectNode status = (ObjectNode) pod.get("status");
        status.remove(java.util.List.of("observedGeneration", "qosClass"));
        ((ObjectNode) status.at("/conditions/0")).remove("observedGeneration");
        var put = server.put(uri + "/status", pod);
        assertThat(put.at("/status/observedGeneration").asInt()).isEqualTo(1);
        assertThat(put.at("/status/qosClass").asString()).isEqualTo("BestEffort");
        assertThat(put.at("/status/conditions/0/observedGeneration").asInt()).isEqualTo(1);
    }

    @Test
    void whatDeservesAWarningIsCreatedWithOne() {
        var made = server.post(
                TestServer.PODS,
                "{'metadata':{'name':'warned'},'spec':{'nodeSelector':{'beta.kubernetes.io/os':'linux'},"
                        + "'containers':[{'name':'a','image':'b'}]}}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.warnings())
                .containsExactly("299 - \"spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use"
                        + " \\\"kubernetes.io/os\\\" instead\"");
    }

    @Test
    void everyAnswerAboutADeprecatedResourceSaysSo() {
        assertThat(server.get("/api/v1/componentstatuses").warnings())
                .containsExactly("299 - \"v1 ComponentStatus is deprecated in v1.19+\"");
        assertThat(server.get("/api/v1/namespaces/default/endpoints").warnings())
                .containsExactly(
                        "299 - \"v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\"");
        assertThat(server.get(TestServer.PODS).warnings()).isEmpty();
    }

    @Test
    void fieldsOfAlphaFeaturesAreDropped() {
        String uri = pod("plain", "'schedulingGroup':{'podGroupName':'g'},'containers':[{'name':'a','image':'b'}]");
        assertThat(server.get(uri).at("/spec").has("schedulingGroup")).isFalse();
    }
}
