package io.kubespring.apiserver.paths;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import io.kubespring.apimachinery.cbor.Cbor;
import io.kubespring.apimachinery.protobuf.Protobuf;
import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.features.FeatureGates;
import io.kubespring.apiserver.request.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Discovery as clients ask for it: legacy and aggregated, in every encoding, with what lets them keep it. */
class DiscoveryPathsTest {

    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String AGGREGATED = ";g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    @AutoClose
    private static final TestServer server = new TestServer();

    private static ApiResponse.Bytes get(String path, String... headers) {
        Map<String, String> all = headers.length == 2
                ? Map.of("accept", headers[0], "if-none-match", headers[1])
                : Map.of("accept", headers[0]);
        return (ApiResponse.Bytes) server.answer("GET", path, "", all);
    }

    @ParameterizedTest
    @CsvSource({
        "/api, APIVersions",
        "/apis, APIGroupList",
        "/apis/apps, APIGroup",
        "/api/v1, APIResourceList",
        "/apis/batch/v1, APIResourceList"
    })
    void everyDocumentIsServedInEveryEncoding(String path, String kind) {
        JsonNode json = Json.readObject(get(path, "application/json").body());
        assertThat(json.path("kind").asString()).isEqualTo(kind);
        ApiResponse.Bytes protobuf = get(path, PROTOBUF);
        assertThat(protobuf.contentType()).isEqualTo(PROTOBUF);
        JsonNode decoded = Protobuf.decode(protobuf.body());
        assertThat(decoded.path("kind").asString()).isEqualTo(kind);
        for (String list : new String[] {"versions", "groups", "resources"}) {
            assertThat(decoded.path(list).size()).isEqualTo(json.path(list).size());
        }
        ApiResponse.Bytes yaml = get(path, "application/yaml");
        assertThat(yaml.contentType()).isEqualTo("application/yaml");
        assertThat(new String(yaml.body(), StandardCharsets.UTF_8)).contains("kind: " + kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/yaml", PROTOBUF})
    void theAggregatedFormIsServedInEveryEncoding(String encoding) {
        ApiResponse.Bytes answer = get("/apis", encoding + AGGREGATED + ",application/json");
        assertThat(answer.contentType()).isEqualTo(encoding + AGGREGATED);
        assertThat(answer.headers()).containsSequence("Cache-Control", "public");
        assertThat(answer.headers()).containsSequence("Vary", "Accept");
        if (encoding.equals(PROTOBUF)) {
            JsonNode apps = Protobuf.decode(answer.body()).at("/items/1");
            assertThat(apps.at("/metadata/name").asString()).isEqualTo("apps");
            assertThat(apps.at("/versions/0/resources/2/subresources/0/responseKind/kind")
                            .asString())
                    .isEqualTo("Scale");
        }
    }

    @Test
    void cborIsServedWhereItIsOn() {
        assertThat(get("/apis", "application/cbor").status()).isEqualTo(406);
        var on = ApiServerConfig.open().withFeatures(FeatureGates.parse(List.of("CBORServingAndStorage=true")));
        try (var cbor = new TestServer(on)) {
            var answer = (ApiResponse.Bytes) cbor.answer("GET", "/apis", "", Map.of("accept", "application/cbor"));
            assertThat(answer.contentType()).isEqualTo("application/cbor");
            assertThat(Cbor.decode(answer.body(), "APIGroupList").path("groups"))
                    .hasSize(20);
        }
    }

    @Test
    void theTagIsTheSameInEveryEncodingAndWhoShowsItHasTheDocument() {
        ApiResponse.Bytes json = get("/api", "application/json" + AGGREGATED);
        ApiResponse.Bytes protobuf = get("/api", PROTOBUF + AGGREGATED);
        String tag = json.headers().get(json.headers().indexOf("Etag") + 1);
        assertThat(protobuf.headers()).containsSequence("Etag", tag);
        ApiResponse.Bytes known = get("/api", "application/json" + AGGREGATED, tag);
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        assertThat(get("/api", "application/json").headers()).doesNotContain("Etag");
    }

    @Test
    void theBetaFormIsNotServedAnyMore() {
        String beta = "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";
        assertThat(get("/apis", beta).status()).isEqualTo(406);
        assertThat(kind(get("/apis", beta + ",application/json"))).isEqualTo("APIGroupList");
        assertThat(kind(get("/apis", "application/json" + AGGREGATED + "," + beta + ",application/json")))
                .isEqualTo("APIGroupDiscoveryList");
    }

    @Test
    void theFirstClauseThatIsServedWins() {
        assertThat(kind(get("/apis", "application/json,application/json" + AGGREGATED)))
                .isEqualTo("APIGroupList");
        assertThat(kind(get("/apis", "*/*"))).isEqualTo("APIGroupList");
        assertThat(kind(get("/apis/apps", "application/json" + AGGREGATED + ",application/json")))
                .isEqualTo("APIGroup");
    }

    @Test
    void whatIsNotServedIsRefused() {
        ApiResponse.Bytes refused = get("/apis", "text/html");
        assertThat(refused.status()).isEqualTo(406);
        assertThat(Json.readObject(refused.body()).path("message").asString())
                .isEqualTo(
                        "only the following media types are accepted: application/json, application/yaml, " + PROTOBUF);
        assertThat(get("/apis/none", "application/json").status()).isEqualTo(404);
    }

    private static String kind(ApiResponse.Bytes answer) {
        return Objects.requireNonNull(Json.readObject(answer.body()))
                .path("kind")
                .asString();
    }
}
