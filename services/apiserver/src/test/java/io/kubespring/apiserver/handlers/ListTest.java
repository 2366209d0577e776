package io.kubespring.apiserver.handlers;

import static io.kubespring.apiserver.TestServer.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.TestServer.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** LIST: selectors, pages of one snapshot, resourceVersion rules, other shapes. */
class ListTest {

    private static final String TABLE = "application/json;as=Table;g=meta.k8s.io;v=v1,application/json";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer();
        for (int i = 0; i < 10; i++) {
            server.post(
                    MAPS,
                    "{'metadata':{'name':'m" + i + "','labels':{'even':'" + (i % 2 == 0) + "'}},'data':{'k':'"
                            + "x".repeat(10_000) + "'}}");
        }
        server.post("/api/v1/namespaces", "{'metadata':{'name':'other'}}");
        server.post("/api/v1/namespaces/other/configmaps", "{'metadata':{'name':'elsewhere'}}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<String> names(Reply reply) {
        List<String> names = new ArrayList<>();
        for (JsonNode each : reply.json().path("items")) {
            names.add(each.at("/metadata/name").asString());
        }
        return names;
    }

    @Test
    void aNamespaceOrAllOfThem() {
        var reply = server.get(MAPS);
        assertThat(reply.at("/kind").asString()).isEqualTo("ConfigMapList");
        assertThat(reply.at("/apiVersion").asString()).isEqualTo("v1");
        assertThat(names(reply)).hasSize(10).doesNotContain("elsewhere");
        assertThat(names(server.get("/api/v1/configmaps"))).hasSize(11);
        assertThat(names(server.get("/api/v1/namespaces/empty/configmaps"))).isEmpty();
    }

    @Test
    void selectorsNarrow() {
        assertThat(names(server.get(MAPS + "?labelSelector=even%3Dtrue")))
                .containsExactly("m0", "m2", "m4", "m6", "m8");
        assertThat(names(server.get(MAPS + "?labelSelector=even+notin+(true)"))).hasSize(5);
        assertThat(names(server.get(MAPS + "?fieldSelector=metadata.name%3Dm3")))
                .containsExactly("m3");
        assertThat(names(server.get(MAPS + "?fieldSelector=metadata.name!%3Dm3")))
                .hasSize(9);
    }

    @Test
    void pagesAreOneSnapshot() {
        String uri = MAPS + "?limit=4";
        var first = server.get(uri);
        assertThat(names(first)).containsExactly("m0", "m1", "m2", "m3");
        assertThat(first.at("/metadata/remainingItemCount").asInt()).isEqualTo(6);
        server.post(MAPS, "{'metadata':{'name':'m4-late'}}");
        String token = first.at("/metadata/continue").asString();
        var second = server.get(uri + "&continue=" + token);
        assertThat(names(second)).containsExactly("m4", "m5", "m6", "m7");
        assertThat(second.at("/metadata/resourceVersion")).isEqualTo(first.at("/metadata/resourceVersion"));
        var last =
                server.get(uri + "&continue=" + second.at("/metadata/continue").asString());
        assertThat(names(last)).containsExactly("m8", "m9");
        assertThat(last.at("/metadata").has("continue")).isFalse();
        server.delete(MAPS + "/m4-late");
    }

    @Test
    void pagesOfASelectionDoNotCountTheRest() {
        var first = server.get(MAPS + "?limit=2&labelSelector=even%3Dtrue");
        assertThat(names(first)).containsExactly("m0", "m2");
        assertThat(first.at("/metadata").has("remainingItemCount")).isFalse();
        var second = server.get(MAPS + "?limit=9&labelSelector=even%3Dtrue&continue="
                + first.at("/metadata/continue").asString());
        assertThat(names(second)).containsExactly("m4", "m6", "m8");
    }

    @Test
    void aForeignTokenIsRefused() {
        assertThat(server.get(MAPS + "?limit=4&continue=nonsense").status()).isEqualTo(400);
    }

    @Test
    void olderVersionsAreExactlyAsTheyWere() {
        String before = server.get(MAPS).at("/metadata/resourceVersion").asString();
        server.post(MAPS, "{'metadata':{'name':'z-new'}}");
        assertThat(names(server.get(MAPS + "?resourceVersion=" + before + "&resourceVersionMatch=Exact")))
                .doesNotContain("z-new");
        assertThat(names(server.get(MAPS + "?resourceVersion=" + before + "&resourceVersionMatch=NotOlderThan")))
                .contains("z-new");
        assertThat(server.get(MAPS + "?resourceVersion=0").status()).isEqualTo(200);
        server.delete(MAPS + "/z-new");
    }

    @ParameterizedTest
    @CsvSource({
        "resourceVersionMatch=Exact, resourceVersionMatch is forbidden unless resourceVersion is provided",
        "resourceVersion=0&resourceVersionMatch=Exact, is forbidden for resourceVersion",
        "resourceVersion=1&resourceVersionMatch=Nearly, Unsupported value",
        "sendInitialEvents=true, sendInitialEvents is forbidden for list",
    })
    void optionsThatDoNotGoTogetherAreInvalid(String query, String message) {
        var reply = server.get(MAPS + "?" + query);
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.message()).contains(message);
    }

    @Test
    void tablesHaveARowAnObject() {
        var table = server.get(MAPS + "?limit=3", TABLE);
        assertThat(table.at("/kind").asString()).isEqualTo("Table");
        assertThat(table.at("/columnDefinitions/0/name").asString()).isEqualTo("Name");
        assertThat(table.at("/rows").size()).isEqualTo(3);
        assertThat(table.at("/rows/0/cells/0").asString()).isEqualTo("m0");
        assertThat(table.at("/rows/0/object/kind").asString()).isEqualTo("PartialObjectMetadata");
        assertThat(table.at("/metadata/continue").asString()).isNotEmpty();
        assertThat(server.get(MAPS + "/m0?includeObject=Object", TABLE)
                        .at("/rows/0/object/data/k")
                        .asString())
                .hasSize(10_000);
        assertThat(server.get(MAPS + "/m0?includeObject=Sometimes", TABLE).status())
                .isEqualTo(400);
    }

    @Test
    void metadataAloneIsSmall() {
        var list = server.get(MAPS, "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
        assertThat(list.at("/kind").asString()).isEqualTo("PartialObjectMetadataList");
        assertThat(list.at("/items/0/metadata/name").asString()).isEqualTo("m0");
        assertThat(list.at("/items/0").has("data")).isFalse();
        var one = server.get(MAPS + "/m0", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
        assertThat(one.at("/kind").asString()).isEqualTo("PartialObjectMetadata");
    }

    @Test
    void readsMayBeYaml() {
        assertThat(server.get(MAPS + "/m0", "application/yaml").text()).contains("kind: ConfigMap");
    }
}
