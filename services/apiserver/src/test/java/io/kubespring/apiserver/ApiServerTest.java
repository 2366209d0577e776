package io.kubespring.apiserver;

import static io.kubespring.apiserver.TestServer.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the server says to requests that it cannot serve. */
class ApiServerTest {

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer();
        server.post(MAPS, "{'metadata':{'name':'a'}}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"/nope", "/apis/nope", "/apis/nope/v1/things", "/livez/nope", "//api"})
    void unknownPathsGetUpstreamsText(String path) {
        var reply = server.get(path);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).isEqualTo("404 page not found\n");
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/nopes", "/apis/apps/v9", "/apis/apps/v9/deployments", "/api/v2", "/api/v1/namespaces/x/nopes"})
    void whatAServedGroupDoesNotHaveIsAStatus(String path) {
        var reply = server.get(path);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.message()).isEqualTo("the server could not find the requested resource");
        assertThat(reply.at("/details").isEmpty()).isTrue();
    }

    @Test
    void theRootNamesWhatIsServed() {
        assertThat(server.get("/").at("/paths"))
                .extracting(JsonNode::asString)
                .contains("/api/v1", "/apis", "/apis/apps/v1", "/livez/ping", "/openapi/v3", "/version")
                .isSorted();
    }

    @ParameterizedTest
    @CsvSource({"/api", "/api/v1", "/version", "/api/v1/namespaces", "/api/v1/namespaces/default/configmaps/a"})
    void nothingOfTheApiIsAskedForByHead(String path) {
        assertThat(server.call("HEAD", path, "", Map.of()).status()).isEqualTo(405);
    }

    @Test
    void aRefusalWarnsToo() {
        var reply = server.post(MAPS, "{'metadata':{'name':'A_'},'unknown':1}");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.warnings()).containsExactly("299 - \"unknown field \\\"unknown\\\"\"");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/namespaces/default/configmaps/a",
        "PUT, /api/v1/namespaces/default/configmaps",
        "POST, /api/v1/configmaps",
        "GET, /apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
        "PATCH, /api/v1/namespaces/default/configmaps",
        "DELETE, /api/v1/namespaces/default/pods/a/status",
        "OPTIONS, /api/v1/namespaces/default/configmaps",
    })
    void methodsThatAreNotServedAreNotAllowed(String method, String path) {
        var reply = server.call(method, path, "{}", Map.of());
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.message()).isEqualTo("the server does not allow this method on the requested resource");
        assertThat(reply.at("/reason").asString()).isEqualTo("MethodNotAllowed");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/namespaces/default/nodes/a",
        "/api/v1/configmaps/a",
        "/api/v1/namespaces/default/configmaps/a/nope",
    })
    void objectsAreFoundInTheirScopeOnly(String path) {
        var reply = server.get(path);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.message()).isEqualTo("the server could not find the requested resource");
    }

    @Test
    void missingObjectsAreNamed() {
        var reply = server.get("/apis/apps/v1/namespaces/default/deployments/web");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.message()).isEqualTo("deployments.apps \"web\" not found");
        assertThat(reply.at("/details/group").asString()).isEqualTo("apps");
        assertThat(reply.at("/details/kind").asString()).isEqualTo("deployments");
    }

    @Test
    void malformedEscapesAreBadRequests() {
        assertThat(server.get(MAPS + "?labelSelector=a%20in%20(").status()).isEqualTo(400);
        assertThat(server.get(MAPS + "?fieldSelector=spec.nope=a").message())
                .isEqualTo(
                        "\"spec.nope\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
        assertThat(server.get(MAPS + "?limit=many").message())
                .isEqualTo("strconv.ParseInt: parsing \"many\": invalid syntax");
    }

    @Test
    void representationsThatAreNotServedAreNotAcceptable() {
        assertThat(server.get(MAPS + "/a", "application/cbor").status()).isEqualTo(406);
        assertThat(server.get(MAPS + "/a", "application/vnd.kubernetes.protobuf,application/json")
                        .status())
                .isEqualTo(200);
        assertThat(server.get(MAPS + "/a", "application/vnd.kubernetes.protobuf, */*")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void bodiesOfOtherTypesAreNotSupported() {
        assertThat(server.call("POST", MAPS, "{}", Map.of("content-type", "text/plain"))
                        .status())
                .isEqualTo(415);
        assertThat(server.call("PATCH", MAPS + "/a", "{}", Map.of("content-type", "application/json"))
                        .message())
                .isEqualTo("415: Unsupported Media Type");
    }

    @Test
    void requestsAreCountedUnderUpstreamsNames() {
        server.get(MAPS + "/a");
        assertThat(server.metrics
                        .get("apiserver_request_total")
                        .tag("verb", "GET")
                        .tag("resource", "configmaps")
                        .tag("code", "200")
                        .counter()
                        .count())
                .isPositive();
        assertThat(server.metrics.get("apiserver_current_inflight_requests").gauges())
                .hasSize(2);
    }
}
