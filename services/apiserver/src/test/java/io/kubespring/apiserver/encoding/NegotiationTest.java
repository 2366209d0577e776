package io.kubespring.apiserver.encoding;

import static io.kubespring.apiserver.TestServer.MAPS;
import static io.kubespring.apiserver.TestServer.NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.TestServer.Reply;
import io.kubespring.apiserver.request.ApiResponse;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Which form an Accept header gets, and what is told to one that gets none. */
class NegotiationTest {

    private static final String TABLE = "application/json;as=Table;g=meta.k8s.io;v=v1";
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer();
        server.post(MAPS, "{'metadata':{'name':'one','labels':{'l':'1'}},'data':{'k':'yes','a':'x: \\\"y\\\"'}}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String contentType(String uri, String accept) {
        ApiResponse answer = server.answer("GET", uri, "", Map.of("accept", accept));
        return switch (answer) {
            case ApiResponse.Bytes bytes -> bytes.contentType();
            case ApiResponse.Streamed streamed -> streamed.contentType();
            case ApiResponse.Direct direct -> "";
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*|application/json",
                "application/*|application/json",
                "application/yaml|application/yaml",
                "text/html, application/yaml;q=0.5|application/yaml",
                "application/yaml;q=0.5, application/json;q=0.8|application/json",
                "*/*, application/vnd.kubernetes.protobuf|application/vnd.kubernetes.protobuf",
                "application/vnd.kubernetes.protobuf;q=0.1, */*;q=0.9|application/json",
                "APPLICATION/YAML; charset=utf-8|application/yaml",
                "application/json;as=Nothing;g=meta.k8s.io;v=v1, application/yaml|application/yaml",
                "application/json;as=Table;g=meta.k8s.io;v=v9, application/yaml|application/yaml",
                "application/vnd.kubernetes.protobuf;as=Table;g=meta.k8s.io;v=v1, application/json|application/json",
                "application/json;stream=nothing, application/yaml|application/yaml",
            })
    void theBestClauseThatIsServedWins(String accept, String contentType) {
        assertThat(contentType(MAPS + "/one", accept)).isEqualTo(contentType);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "application/vnd.kubernetes.protobuf;as=Table;g=meta.k8s.io;v=v1",
                "application/yaml;stream=watch",
                "application/json;as=Table;g=other;v=v1"
            })
    void whatIsNotServedIs406(String accept) {
        Reply refused = server.get(MAPS + "/one", accept);
        assertThat(refused.status()).isEqualTo(406);
        assertThat(refused.at("/reason").asString()).isEqualTo("NotAcceptable");
        assertThat(refused.message())
                .isEqualTo((accept.equals("text/html")
                                ? "406: Not Acceptable\n\nAvailable representations: "
                                : "only the following media types are accepted: ")
                        + "application/json, application/yaml, application/vnd.kubernetes.protobuf");
        assertThat(server.call("POST", MAPS, "{'metadata':{'name':'never'}}", Map.of("accept", accept))
                        .status())
                .isEqualTo(406);
        assertThat(server.get(MAPS + "/never").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                "/apis/authentication.k8s.io/v1/tokenreviews",
                NS + "/pods/any/binding",
                NS + "/pods/any/eviction"
            })
    void whatIsOnlyPostedHasNoTable(String path) {
        String table = "application/json;as=Table;g=meta.k8s.io;v=v1";
        assertThat(server.call("POST", path, "{}", Map.of("accept", table)).status())
                .isEqualTo(406);
        assertThat(server.call("POST", path, "{}", Map.of("accept", table + ", application/json"))
                        .status())
                .isNotEqualTo(406);
    }

    @Test
    void aWatchHasItsOwnMediaTypes() {
        Reply refused = server.get(MAPS + "?watch=true", "application/yaml");
        assertThat(refused.status()).isEqualTo(406);
        assertThat(refused.text())
                .contains("only the following media types are accepted: application/json;stream=watch, "
                        + "application/vnd.kubernetes.protobuf;stream=watch");
        String watch = MAPS + "?watch=true&timeoutSeconds=1";
        assertThat(contentType(watch, "application/json;stream=watch")).isEqualTo("application/json");
        assertThat(contentType(watch, "application/vnd.kubernetes.protobuf"))
                .isEqualTo("application/vnd.kubernetes.protobuf;stream=watch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/cbor", "nonsense"})
    void bodiesOfOtherTypesAre415(String type) {
        Reply refused = server.call("POST", MAPS, "{'metadata':{'name':'never'}}", Map.of("content-type", type));
        assertThat(refused.status()).isEqualTo(415);
        assertThat(refused.message())
                .isEqualTo("the body of the request was in an unknown format - accepted media types include: "
                        + "application/json, application/yaml, application/vnd.kubernetes.protobuf");
        Reply patch = server.call("PATCH", MAPS + "/one", "{}", Map.of("content-type", type));
        assertThat(patch.status()).isEqualTo(415);
        assertThat(patch.message()).isEqualTo("415: Unsupported Media Type");
    }

    @Test
    void aDeleteWithoutBodyMaySayAnyType() {
        server.post(MAPS, "{'metadata':{'name':'gone'}}");
        assertThat(server.call("DELETE", MAPS + "/gone", "", Map.of("content-type", "text/plain"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void yamlHasSortedKeysAndReadsBack() {
        Reply reply = server.get(MAPS + "/one", "application/yaml");
        assertThat(reply.text()).startsWith("apiVersion: v1\ndata:\n").contains("kind: ConfigMap\n");
        Map<String, Object> map = new Yaml().load(reply.text());
        assertThat(map.get("data")).isEqualTo(Map.of("k", "yes", "a", "x: \"y\""));
        Reply list = server.get(MAPS, "application/yaml");
        assertThat(list.text()).contains("\nkind: ConfigMapList\n");
        Reply error = server.get(MAPS + "/missing", "application/yaml");
        assertThat(error.status()).isEqualTo(404);
        assertThat(error.text()).contains("reason: NotFound\n");
        Reply table = server.get(MAPS, "application/yaml;as=Table;g=meta.k8s.io;v=v1");
        assertThat(table.text()).contains("kind: Table\n");
    }

    @ParameterizedTest
    @CsvSource({
        "curl/8.0,'',true",
        "Wget/1.0,'',true",
        "Mozilla/5.0 (X11),'',true",
        "kubectl/v1.36.0,'',false",
        "kubectl/v1.36.0,?pretty=true,true",
        "kubectl/v1.36.0,?pretty=1,true",
        "curl/8.0,?pretty=false,false",
        "curl/8.0,?pretty=0,false"
    })
    void humansGetIndentedJson(String agent, String query, boolean pretty) {
        Reply object = server.call("GET", MAPS + "/one" + query, "", Map.of("user-agent", agent));
        assertThat(object.text().contains("\n  \"metadata\": {\n    \"")).isEqualTo(pretty);
        assertThat(object.json().at("/data/k").asString()).isEqualTo("yes");
        Reply error = server.call("GET", MAPS + "/missing" + query, "", Map.of("user-agent", agent));
        assertThat(error.text().startsWith("{\n  \"")).isEqualTo(pretty);
    }

    @Test
    void aLongListIsIndentedAsItPasses() {
        server.post("/api/v1/namespaces", "{'metadata':{'name':'many'}}");
        String many = "/api/v1/namespaces/many/configmaps";
        for (int i = 0; i < 20; i++) {
            server.post(many, "{'metadata':{'name':'m" + i + "'},'data':{'k':'" + "\\\"x{".repeat(2_000) + "'}}");
        }
        Reply plain = server.get(many);
        Reply pretty = server.get(many + "?pretty=true");
        assertThat(pretty.json().equals(plain.json())).isTrue();
        assertThat(pretty.text()).contains("\n  \"items\": [\n    {\n      \"");
    }

    @Test
    void metadataOnlyComesAsJsonInBothVersions() {
        String accept = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=";
        for (String version : new String[] {"v1", "v1beta1"}) {
            Reply one = server.get(MAPS + "/one", accept + version);
            assertThat(one.at("/kind").asString()).isEqualTo("PartialObjectMetadata");
            assertThat(one.at("/apiVersion").asString()).isEqualTo("meta.k8s.io/" + version);
            assertThat(one.json().has("data")).isFalse();
            assertThat(one.at("/metadata/resourceVersion").asString()).isNotEmpty();
            Reply list = server.get(MAPS, accept.replace("Metadata;", "MetadataList;") + version);
            assertThat(list.at("/kind").asString()).isEqualTo("PartialObjectMetadataList");
            assertThat(list.at("/items/0/metadata/name").asString()).isNotEmpty();
            assertThat(list.at("/items/0/kind").asString()).isEqualTo("PartialObjectMetadata");
        }
        String event = Objects.requireNonNull(
                        server.get(MAPS + "?watch=true&timeoutSeconds=1&resourceVersion=0", accept + "v1"))
                .text()
                .lines()
                .findFirst()
                .orElseThrow();
        assertThat(event).startsWith("{\"type\":\"ADDED\",\"object\":{\"kind\":\"PartialObjectMetadata\"");
    }

    @Test
    void metadataOfOneAndOfManyAreNotMistaken() {
        Reply list = server.get(MAPS, "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
        assertThat(list.status()).isEqualTo(406);
        assertThat(list.message())
                .isEqualTo("you requested PartialObjectMetadata, but the requested object is a list"
                        + " (*core.ConfigMapList)");
        Reply one = server.get(MAPS + "/one", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
        assertThat(one.message())
                .isEqualTo("you requested PartialObjectMetadataList, but the requested object is not a list"
                        + " (*core.ConfigMap)");
    }

    @Test
    void rowsIncludeWhatIsAskedFor() {
        assertThat(server.get(MAPS + "/one", TABLE).at("/rows/0/object/kind").asString())
                .isEqualTo("PartialObjectMetadata");
        assertThat(server.get(MAPS + "/one?includeObject=None", TABLE)
                        .at("/rows/0/object")
                        .isNull())
                .isTrue();
        assertThat(server.get(MAPS + "/one?includeObject=Object", TABLE)
                        .at("/rows/0/object/data/k")
                        .asString())
                .isEqualTo("yes");
        Reply beta = server.get(MAPS, TABLE + "beta1");
        assertThat(beta.at("/apiVersion").asString()).isEqualTo("meta.k8s.io/v1beta1");
        assertThat(beta.at("/rows/0/object/apiVersion").asString()).isEqualTo("meta.k8s.io/v1beta1");
        Reply wrong = server.get(MAPS + "?includeObject=All", TABLE);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.message())
                .isEqualTo("Unable to convert to Table as requested: includeObject: Invalid value: \"All\": must be "
                        + "'Metadata', 'Object', 'None', or empty");
    }
}
