package io.kubespring.apiserver.handlers;

import static io.kubespring.apiserver.TestServer.MAPS;
import static io.kubespring.apiserver.TestServer.NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Where a watch starts, by resourceVersion and sendInitialEvents, and which objects its path means. */
class WatchStartTest {

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.withAPast();
        server.post(MAPS, "{'metadata':{'name':'a','labels':{'w':'1'}}}");
        server.post("/api/v1/namespaces", "{'metadata':{'name':'other'}}");
        server.post("/api/v1/namespaces/other/configmaps", "{'metadata':{'name':'a','labels':{'w':'1'}}}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<String> events(String uri, int count) {
        return Objects.requireNonNull(server.watch(uri)
                .take(count)
                .map(WatchStartTest::seen)
                .collectList()
                .block(Duration.ofSeconds(10)));
    }

    private static String seen(ObjectNode event) {
        String end = event.at("/object/metadata/annotations").has("k8s.io/initial-events-end") ? " end" : "";
        return event.path("type").asString() + " "
                + event.at("/object/metadata/namespace").asString("") + "/"
                + event.at("/object/metadata/name").asString("") + end;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&resourceVersion=0",
                "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan",
                "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&resourceVersion=11",
            })
    void theStateComesFirstAndABookmarkEndsItForThoseWhoTakeBookmarks(String options) {
        String uri = MAPS + "?watch=1&labelSelector=w%3D1&timeoutSeconds=1" + options;
        assertThat(events(uri + "&allowWatchBookmarks=true", 9)).containsExactly("ADDED default/a", "BOOKMARK / end");
        assertThat(events(uri, 9)).containsExactly("ADDED default/a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&sendInitialEvents=false&resourceVersionMatch=NotOlderThan",
                "&sendInitialEvents=false&resourceVersionMatch=NotOlderThan&resourceVersion=0",
            })
    void onlyWhatComesAfterwards(String options) {
        String uri = MAPS + "?watch=1&labelSelector=w%3D1&timeoutSeconds=1&allowWatchBookmarks=true" + options;
        assertThat(events(uri, 9)).isEmpty();
    }

    @Test
    void aStartThatIsForgottenIsAnErrorEvent() {
        var event = Objects.requireNonNull(
                server.watch("/api/v1/podtemplates?watch=1&resourceVersion=1").blockFirst(Duration.ofSeconds(10)));
        assertThat(event.path("type").asString()).isEqualTo("ERROR");
        assertThat(event.at("/object/code").asInt()).isEqualTo(410);
        assertThat(event.at("/object/reason").asString()).isEqualTo("Expired");
        assertThat(event.at("/object/message").asString()).matches("too old resource version: 1 \\(\\d+\\)");
    }

    @Test
    void pathsOfOldWatchTheSame() {
        assertThat(events("/api/v1/watch/configmaps?timeoutSeconds=1&labelSelector=w%3D1", 9))
                .containsExactly("ADDED default/a", "ADDED other/a");
        assertThat(events("/api/v1/watch/namespaces/other/configmaps?timeoutSeconds=1&labelSelector=w%3D1", 9))
                .containsExactly("ADDED other/a");
        assertThat(events("/api/v1/watch/namespaces/default/configmaps/a?timeoutSeconds=1", 9))
                .containsExactly("ADDED default/a");
        assertThat(events("/api/v1/watch/namespaces/other?timeoutSeconds=1", 9)).containsExactly("ADDED /other");
    }

    @Test
    void aNameInThePathAndOneInTheSelectorMustBeOne() {
        var reply = server.get("/api/v1/watch/namespaces/default/configmaps/a?fieldSelector=metadata.name%3Db");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message()).isEqualTo("fieldSelector metadata.name doesn't match requested name");
    }

    @Test
    void oneNameIsWatchedByItsFieldSelector() {
        server.post(MAPS, "{'metadata':{'name':'noise'}}");
        assertThat(events(MAPS + "?watch=1&timeoutSeconds=1&fieldSelector=metadata.name%3Da", 9))
                .containsExactly("ADDED default/a");
        assertThat(events(
                        "/api/v1/configmaps?watch=1&timeoutSeconds=1"
                                + "&fieldSelector=metadata.name%3Da,metadata.namespace%3Dother",
                        9))
                .containsExactly("ADDED other/a");
    }

    @Test
    void aNamedObjectIsReadEvenIfAWatchIsAskedFor() {
        assertThat(server.get(NS + "/configmaps/a?watch=true").at("/kind").asString())
                .isEqualTo("ConfigMap");
    }
}
