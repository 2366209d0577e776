package io.kubespring.apiserver.subresources;

import static io.kubespring.apiserver.TestServer.DEPLOYMENTS;
import static io.kubespring.apiserver.TestServer.NS;
import static io.kubespring.apiserver.TestServer.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.kinds.Covers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Scale, binding, eviction, reviews. */
class SubresourcesTest {

    private static final String DEPLOYMENT = """
        {'metadata':{'name':'%s'},'spec':{'replicas':2,'selector':{'matchLabels':{'app':'w'}},'template':{\
        'metadata':{'labels':{'app':'w'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}\
        """;
    private static final String POD =
            "{'metadata':{'name':'%s','labels':{'app':'%s'}},'spec':{'containers':[{'name':'c','image':'i'}]}}";

    @AutoClose
    private static final TestServer server = new TestServer();

    @Test
    void scaleIsAViewOfReplicas() {
        server.post(DEPLOYMENTS, DEPLOYMENT.formatted("scaled"));
        var scale = server.get(DEPLOYMENTS + "/scaled/scale");
        assertThat(scale.at("/kind").asString()).isEqualTo("Scale");
        assertThat(scale.at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(scale.at("/status/selector").asString()).isEqualTo("app=w");
        var put = server.put(DEPLOYMENTS + "/scaled/scale", "{'metadata':{'name':'scaled'},'spec':{'replicas':5}}");
        assertThat(put.at("/spec/replicas").asInt()).isEqualTo(5);
        var patched = server.patch(DEPLOYMENTS + "/scaled/scale", "merge", "{'spec':{'replicas':7}}");
        assertThat(patched.at("/spec/replicas").asInt()).isEqualTo(7);
        var deployment = server.get(DEPLOYMENTS + "/scaled");
        assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(7);
        assertThat(deployment.at("/metadata/generation").asInt()).isEqualTo(3);
    }

    @Test
    void aScaleThatMakesNoSenseIsRefused() {
        server.post(DEPLOYMENTS, DEPLOYMENT.formatted("odd"));
        var negative = server.patch(DEPLOYMENTS + "/odd/scale", "merge", "{'spec':{'replicas':-1}}");
        assertThat(negative.status()).isEqualTo(422);
        assertThat(negative.message())
                .isEqualTo(
                        "Scale.autoscaling \"odd\" is invalid: spec.replicas: Invalid value: -1: must be greater than "
                                + "or equal to 0");
        var stale = server.put(
                DEPLOYMENTS + "/odd/scale", "{'metadata':{'name':'odd','resourceVersion':'1'},'spec':{'replicas':1}}");
        assertThat(stale.status()).isEqualTo(409);
        assertThat(server.get(DEPLOYMENTS + "/missing/scale").status()).isEqualTo(404);
    }

    @Test
    @Covers(resource = "pods", subresource = "binding")
    void aPodIsBoundOnce() {
        server.post(PODS, POD.formatted("bound", "bound"));
        String binding = "{'metadata':{'name':'bound','annotations':{'a':'b'}},'target':{'kind':'Node','name':'n1'}}";
        var reply = server.post(PODS + "/bound/binding", binding);
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.at("/status").asString()).isEqualTo("Success");
        var pod = server.get(PODS + "/bound");
        assertThat(pod.at("/spec/nodeName").asString()).isEqualTo("n1");
        assertThat(pod.at("/metadata/annotations/a").asString()).isEqualTo("b");
        assertThat(pod.at("/status/conditions").toString()).contains("\"PodScheduled\"", "\"True\"");
        var again = server.post(NS + "/bindings", binding);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.message()).contains("pod bound is already assigned to node \"n1\"");
        assertThat(server.post(PODS + "/bound/binding", "{'metadata':{'name':'bound'},'target':{}}")
                        .message())
                .contains("target.name: Required value");
    }

    @Test
    @Covers(resource = "pods", subresource = "eviction")
    void anEvictionSpendsTheBudget() {
        String budgets = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
        server.post(
                budgets,
                "{'metadata':{'name':'b'},'spec':{'selector':{'matchLabels':{'app':'guarded'}},'minAvailable':1}}");
        server.post(PODS, POD.formatted("g1", "guarded"));
        server.patch(
                PODS + "/g1/status",
                "merge",
                "{'status':{'phase':'Running','conditions':[{'type':'Ready','status':'True'}]}}");
        String eviction = "{'apiVersion':'policy/v1','kind':'Eviction','metadata':{'name':'g1'}}";
        server.patch(
                budgets + "/b/status",
                "merge",
                "{'status':{'observedGeneration':1,'disruptionsAllowed':0,"
                        + "'currentHealthy':1,'desiredHealthy':1,'expectedPods':1}}");
        var refused = server.post(PODS + "/g1/eviction", eviction);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.message()).isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
        assertThat(refused.at("/details/causes/0/message").asString())
                .isEqualTo("The disruption budget b needs 1 healthy pods and has 1 currently");
        server.patch(budgets + "/b/status", "merge", "{'status':{'disruptionsAllowed':1}}");
        assertThat(server.post(PODS + "/g1/eviction", eviction).status()).isEqualTo(201);
        assertThat(server.get(PODS + "/g1").status()).isEqualTo(404);
        assertThat(server.get(budgets + "/b").at("/status/disruptionsAllowed").asInt(-1))
                .isZero();
    }

    @Test
    void reviewsAreAnsweredAndNotStored() {
        var access = server.post(
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                "{'spec':{'resourceAttributes':{'verb':'create','resource':'pods','namespace':'default'}}}");
        assertThat(access.status()).isEqualTo(201);
        assertThat(access.at("/status/allowed").asBoolean()).isTrue();
        var who = server.post("/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}");
        assertThat(who.at("/status/userInfo/username").asString()).isEqualTo("admin");
        assertThat(server.get("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
                        .status())
                .isEqualTo(405);
    }

    @Test
    void theStoreIsTheComponentWhoseStatusIsKnown() {
        assertThat(server.get("/api/v1/componentstatuses")
                        .at("/items/0/conditions/0/status")
                        .asString())
                .isEqualTo("True");
        assertThat(server.get("/api/v1/componentstatuses/etcd-0").status()).isEqualTo(200);
        assertThat(server.get("/api/v1/componentstatuses/scheduler").status()).isEqualTo(404);
    }

    @Test
    void tokensNeedASigningKey() {
        assertThat(server.post(NS + "/serviceaccounts/default/token", "{'spec':{}}")
                        .status())
                .isEqualTo(405);
    }

    @Test
    @Covers(resource = "namespaces", subresource = "finalize")
    void finalizersOfANamespaceChangeOnlyThroughTheirEndpoint() {
        String uri = "/api/v1/namespaces/final";
        server.post("/api/v1/namespaces", "{'metadata':{'name':'final'}}");
        var put = server.put(uri, "{'metadata':{'name':'final'},'spec':{'finalizers':['example.com/more']}}");
        assertThat(put.at("/spec/finalizers").toString()).isEqualTo("[\"kubernetes\"]");

        var refused = server.put(uri + "/finalize", "{'metadata':{'name':'final'},'spec':{'finalizers':['mine']}}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.message())
                .isEqualTo(
                        "Namespace \"final\" is invalid: spec.finalizers[0]: Invalid value: \"mine\": name is neither a"
                                + " standard finalizer name nor is it fully qualified");
        var stale = server.put(uri + "/finalize", "{'metadata':{'name':'final','resourceVersion':'1'},'spec':{}}");
        assertThat(stale.status()).isEqualTo(409);
        var more = server.put(
                uri + "/finalize",
                "{'metadata':{'name':'final'},'spec':{'finalizers':['kubernetes','example.com/more']},"
                        + "'status':{'phase':'Odd'}}");
        assertThat(more.at("/spec/finalizers")).hasSize(2);
        assertThat(more.at("/status/phase").asString()).isEqualTo("Active");

        assertThat(server.delete(uri).at("/status/phase").asString()).isEqualTo("Terminating");
        assertThat(server.put(uri + "/finalize", "{'metadata':{'name':'final'},'spec':{'finalizers':['kubernetes']}}")
                        .status())
                .isEqualTo(200);
        assertThat(server.get(uri).status()).isEqualTo(200);
        assertThat(server.put(uri + "/finalize", "{'metadata':{'name':'final'},'spec':{}}")
                        .status())
                .isEqualTo(200);
        assertThat(server.get(uri).status()).isEqualTo(404);
    }
}
