package io.kubespring.apiserver.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.security.SecuredServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Kinds as a client meets them: through the whole pipeline of a real server. */
class KindsThroughServerTest {

    private static final String POD = "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'%s'},"
            + "'spec':{'containers':[{'name':'a','image':'b'}]}}";
    private static final String SERVICES = "/api/v1/namespaces/default/services";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";

    @TempDir
    static Path directory;

    private static SecuredServer server;

    @BeforeAll
    static void start() {
        server = new SecuredServer(directory);
        for (String namespace : new String[] {"default"}) {
            server.admin(
                    "POST",
                    "/api/v1/namespaces/" + namespace + "/serviceaccounts",
                    "{'apiVersion':'v1','kind':'ServiceAccount','metadata':{'name':'default'}}");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anInvalidManifestGetsEveryCause() {
        var answer = server.admin(
                "POST",
                DEPLOYMENTS,
                "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'a'},'spec':{'selector':{'matchLabels':"
                        + "{'x':'y'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'a'}]}}}}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.message())
                .isEqualTo("Deployment.apps \"a\" is invalid: [spec.template.metadata.labels: Invalid value:"
                        + " {\"a\":\"b\"}: `selector` does not match template `labels`,"
                        + " spec.template.spec.containers[0].image: Required value]");
        assertThat(answer.body().path("details").path("causes")).hasSize(2);
        assertThat(answer.body().at("/details/causes/1/reason").asString()).isEqualTo("FieldValueRequired");
    }

    @Test
    void aServiceKeepsItsAddressUntilItIsDeleted() {
        var created = server.admin("POST", SERVICES, service("one", "'ports':[{'port':80}]"));
        assertThat(created.status()).isEqualTo(201);
        String address = created.body().at("/spec/clusterIP").asString();
        assertThat(address).startsWith("10.");
        var clash =
                server.admin("POST", SERVICES, service("two", "'clusterIP':'" + address + "','ports':[{'port':80}]"));
        assertThat(clash.message()).endsWith("failed to allocate IP " + address + ": provided IP is already allocated");
        var dry = server.admin(
                "POST", SERVICES + "?dryRun=All", service("dry", "'clusterIP':'10.96.9.9','ports':[{'port':80}]"));
        assertThat(dry.status()).isEqualTo(201);
        server.admin("DELETE", SERVICES + "/one", "");
        assertThat(server.admin("POST", SERVICES, service("two", "'clusterIP':'" + address + "','ports':[{'port':80}]"))
                        .status())
                .isEqualTo(201);
        assertThat(server.admin("POST", SERVICES, service("three", "'clusterIP':'10.96.9.9','ports':[{'port':80}]"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void puttingAnObjectBackChangesNothing() {
        for (String[] each : new String[][] {
            {"/api/v1/namespaces/default/pods", POD.formatted("same")},
            {SERVICES, service("same", "'type':'NodePort','ports':[{'port':80}]")},
            {
                DEPLOYMENTS,
                "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'same'},'spec':{'selector':{'matchLabels':"
                        + "{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'a',"
                        + "'image':'b','readinessProbe':{'httpGet':{'port':80}}}]}}}}"
            },
            {"/api/v1/nodes", "{'apiVersion':'v1','kind':'Node','metadata':{'name':'same'}}"},
            {"/api/v1/namespaces", "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'same'}}"},
            {
                "/api/v1/namespaces/default/secrets",
                "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'same'},'stringData':{'a':'b'}}"
            },
        }) {
            var created = server.admin("POST", each[0], each[1]);
            assertThat(created.status()).as(each[0] + created.message()).isEqualTo(201);
            JsonNode body = created.body();
            var put = server.admin("PUT", each[0] + "/same", body.toString());
            assertThat(put.status()).as(each[0] + put.message()).isEqualTo(200);
            assertThat(put.body().at("/metadata/resourceVersion"))
                    .as(each[0])
                    .isEqualTo(body.at("/metadata/resourceVersion"));
            if (each[0].endsWith("/pods")) {
                // A Pod cannot be put without what admission gave it.
                continue;
            }
            var applied = server.admin("PUT", each[0] + "/same", each[1]);
            assertThat(applied.status()).as(each[0] + applied.message()).isEqualTo(200);
            assertThat(applied.body().at("/metadata/generation"))
                    .as(each[0])
                    .isEqualTo(body.at("/metadata/generation"));
        }
    }

    @Test
    void aPodsSpecIsFixedButForItsImage() {
        server.admin("POST", "/api/v1/namespaces/default/pods", POD.formatted("fixed"));
        String uri = "/api/v1/namespaces/default/pods/fixed";
        assertThat(server.admin("PATCH", uri, "{'spec':{'containers':[{'name':'a','image':'c'}]}}")
                        .status())
                .isEqualTo(422);
        var forbidden = server.admin("PATCH", uri, "{'spec':{'dnsPolicy':'Default'}}");
        assertThat(forbidden.status()).isEqualTo(422);
        assertThat(forbidden.message())
                .startsWith("Pod \"fixed\" is invalid: spec: Forbidden: pod updates may not change fields other than ");
        JsonNode pod = server.get(uri);
        assertThat(pod.at("/status/phase").asString()).isEqualTo("Pending");
        assertThat(pod.at("/status/qosClass").asString()).isEqualTo("BestEffort");
        var image = server.admin("PUT", uri, pod.toString().replace("\"image\":\"b\"", "\"image\":\"c\""));
        assertThat(image.status()).as(image.message()).isEqualTo(200);
        assertThat(image.body().at("/metadata/generation").asInt()).isEqualTo(2);
        server.admin("DELETE", uri, "");
        assertThat(server.admin("GET", uri, "").status())
                .as("an unscheduled Pod goes at once")
                .isEqualTo(404);
    }

    @Test
    void aPodOnANodeIsGivenItsGracePeriod() {
        server.admin("POST", "/api/v1/nodes", "{'apiVersion':'v1','kind':'Node','metadata':{'name':'busy'}}");
        String pod = POD.formatted("placed").replace("'spec':{", "'spec':{'nodeName':'busy',");
        server.admin("POST", "/api/v1/namespaces/default/pods", pod);
        JsonNode dying = server.admin("DELETE", "/api/v1/namespaces/default/pods/placed", "")
                .body();
        assertThat(dying.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(30);
        assertThat(dying.at("/metadata/generation").asInt()).isEqualTo(2);
        server.admin("DELETE", "/api/v1/namespaces/default/pods/placed?gracePeriodSeconds=0", "");
        assertThat(server.admin("GET", "/api/v1/namespaces/default/pods/placed", "")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aNamespaceTerminatesUntilItIsFinalized() {
        String uri = "/api/v1/namespaces/going";
        server.admin(
                "POST", "/api/v1/namespaces", "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'going'}}");
        server.admin("DELETE", uri, "");
        JsonNode namespace = server.get(uri);
        assertThat(namespace.at("/status/phase").asString()).isEqualTo("Terminating");
        var finalized =
                server.admin("PUT", uri + "/finalize", namespace.toString().replace("[\"kubernetes\"]", "[]"));
        assertThat(finalized.status()).as(finalized.message()).isEqualTo(200);
        assertThat(server.admin("GET", uri, "").status()).isEqualTo(404);
    }

    private static String service(String name, String spec) {
        return "{'apiVersion':'v1','kind':'Service','metadata':{'name':'" + name + "'},'spec':{" + spec + "}}";
    }
}
