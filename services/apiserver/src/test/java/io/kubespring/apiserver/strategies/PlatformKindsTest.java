package io.kubespring.apiserver.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.TestServer.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What kinds of the cluster's platform do beyond the contract of all kinds. */
class PlatformKindsTest {

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Reply post(String path, String manifest) {
        return server.post(path, manifest.replace('\'', '"'));
    }

    @Test
    void aNewIngressIsWarnedOfTheOldAnnotation() {
        String ingress = "{'apiVersion':'networking.k8s.io/v1','kind':'Ingress','metadata':{'name':'old','annotations':"
                + "{'kubernetes.io/ingress.class':'nginx'}},'spec':{%s'defaultBackend':{'service':{'name':'a','port':"
                + "{'number':80}}}}}";
        String path = "/apis/networking.k8s.io/v1/namespaces/default/ingresses";
        assertThat(post(path, ingress.formatted("")).warnings())
                .containsExactly("299 - \"annotation \\\"kubernetes.io/ingress.class\\\" is deprecated, please use"
                        + " 'spec.ingressClassName' instead\"");
        assertThat(post(
                                path + "?dryRun=All",
                                ingress.replace("'old'", "'new'").formatted("'ingressClassName':'nginx',"))
                        .warnings())
                .isEmpty();
    }

    @Test
    void anApiServiceOfTheServerItselfIsAvailableAndItsStatusWritesNothingElse() {
        String path = "/apis/apiregistration.k8s.io/v1/apiservices";
        Reply made = post(
                path,
                "{'apiVersion':'apiregistration.k8s.io/v1','kind':'APIService','metadata':{'name':"
                        + "'v1.local.example'},'spec':{'group':'local.example','version':'v1','groupPriorityMinimum':1,"
                        + "'versionPriority':1}}");
        assertThat(made.at("/status/conditions/0/reason").asString()).isEqualTo("Local");
        assertThat(made.at("/status/conditions/0/status").asString()).isEqualTo("True");
        Reply patched = server.patch(
                path + "/v1.local.example/status",
                "merge",
                "{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"status\":{\"conditions\":[]}}");
        assertThat(patched.status()).as(patched.text()).isEqualTo(200);
        assertThat(patched.at("/metadata/labels").isMissingNode()).isTrue();
        assertThat(patched.at("/status/conditions/0").isMissingNode()).isTrue();
    }
}
