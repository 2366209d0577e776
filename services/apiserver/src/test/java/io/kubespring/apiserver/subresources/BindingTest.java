package io.kubespring.apiserver.subresources;

import static io.kubespring.apiserver.TestServer.NS;
import static io.kubespring.apiserver.TestServer.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** pods/binding and the older bindings: once, of the very Pod, and only one that may run. */
class BindingTest {

    @AutoClose
    private static final TestServer server = new TestServer();

    private static String pod(String name, String spec) {
        var made = server.post(
                PODS,
                "{'metadata':{'name':'" + name + "','labels':{'l':'old'},'finalizers':['example.com/f']},'spec':{"
                        + spec + "'containers':[{'name':'c','image':'i'}]}}");
        return made.at("/metadata/uid").asString();
    }

    private static String binding(String name, String metadata) {
        return "{'metadata':{'name':'" + name + "'" + metadata + "},'target':{'kind':'Node','name':'n1'}}";
    }

    @Test
    void annotationsAndLabelsGoAlong() {
        pod("along", "");
        assertThat(server.post(
                                PODS + "/along/binding",
                                binding("along", ",'labels':{'l':'new'},'annotations':{'a':'b'}"))
                        .status())
                .isEqualTo(201);
        var bound = server.get(PODS + "/along");
        assertThat(bound.at("/metadata/labels/l").asString()).isEqualTo("new");
        assertThat(bound.at("/metadata/annotations/a").asString()).isEqualTo("b");
        assertThat(bound.at("/status/conditions/0/type").asString()).isEqualTo("PodScheduled");
    }

    @Test
    void itIsMeantForOneVeryPod() {
        String uid = pod("very", "");
        var reply = server.post(PODS + "/very/binding", binding("very", ",'uid':'other'"));
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.message())
                .isEqualTo("Operation cannot be fulfilled on pods \"very\": StorageError: invalid object, Code: 4, Key:"
                        + " /registry/pods/default/very, ResourceVersion: 0, AdditionalErrorMsg: Precondition"
                        + " failed: UID in precondition: other, UID in object meta: " + uid);
        assertThat(server.post(PODS + "/very/binding", binding("very", ",'uid':'" + uid + "'"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aPodThatWaitsAtAGateOrLeavesIsNotBound() {
        pod("gated", "'schedulingGates':[{'name':'example.com/g'}],");
        assertThat(server.post(NS + "/bindings", binding("gated", "")).message())
                .isEqualTo("Operation cannot be fulfilled on pods/binding \"gated\": pod gated has non-empty "
                        + ".spec.schedulingGates");
        pod("leaving", "");
        server.delete(PODS + "/leaving");
        assertThat(server.post(PODS + "/leaving/binding", binding("leaving", ""))
                        .message())
                .isEqualTo("Operation cannot be fulfilled on pods/binding \"leaving\": pod leaving is being deleted, "
                        + "cannot be assigned to a host");
    }

    @Test
    void aDryRunBindsNothing() {
        pod("dry", "");
        assertThat(server.post(PODS + "/dry/binding?dryRun=All", binding("dry", ""))
                        .status())
                .isEqualTo(201);
        assertThat(server.get(PODS + "/dry").at("/spec").has("nodeName")).isFalse();
    }

    @Test
    void whatIsNoBindingIsRefused() {
        pod("odd", "");
        assertThat(server.post(PODS + "/odd/binding", binding("even", "")).message())
                .isEqualTo("name in URL does not match name in Binding object");
        assertThat(server.post(PODS + "/missing/binding", binding("missing", ""))
                        .message())
                .isEqualTo("pods \"missing\" not found");
        assertThat(server.post(
                                PODS + "/odd/binding",
                                "{'metadata':{'name':'odd'},'target':{'kind':'Shelf','name':'s'}}")
                        .message())
                .contains("target.kind: Unsupported value: \"Shelf\": supported values:");
    }
}
