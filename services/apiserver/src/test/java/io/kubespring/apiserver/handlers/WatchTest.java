package io.kubespring.apiserver.handlers;

import static io.kubespring.apiserver.TestServer.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** WATCH: state, changes, selectors as they start and stop to match, ends. */
class WatchTest {

    @AutoClose
    private static final TestServer server = new TestServer();

    private static String seen(ObjectNode event) {
        return event.path("type").asString() + " "
                + event.at("/object/metadata/name").asString();
    }

    private static String now() {
        return server.get(MAPS).at("/metadata/resourceVersion").asString();
    }

    @Test
    void changesComeInOrder() {
        String from = now();
        server.post(MAPS, "{'metadata':{'name':'a'}}");
        server.patch(MAPS + "/a", "merge", "{'data':{'k':'v'}}");
        server.delete(MAPS + "/a");
        List<ObjectNode> events = Objects.requireNonNull(server.watch(MAPS + "?watch=true&resourceVersion=" + from)
                .take(3)
                .collectList()
                .block(Duration.ofSeconds(10)));
        assertThat(events).extracting(WatchTest::seen).containsExactly("ADDED a", "MODIFIED a", "DELETED a");
        assertThat(events.get(2).at("/object/metadata/resourceVersion").asLong())
                .isGreaterThan(
                        events.get(1).at("/object/metadata/resourceVersion").asLong());
        assertThat(events.get(2).at("/object/data/k").asString()).isEqualTo("v");
    }

    @Test
    void withoutAVersionTheStateComesFirst() {
        server.post(MAPS, "{'metadata':{'name':'there'}}");
        var first = server.watch(MAPS + "?watch=1&fieldSelector=metadata.name%3Dthere")
                .blockFirst(Duration.ofSeconds(10));
        assertThat(seen(Objects.requireNonNull(first))).isEqualTo("ADDED there");
    }

    @Test
    void aBookmarkEndsTheInitialEvents() {
        server.post(MAPS, "{'metadata':{'name':'initial','labels':{'set':'initial'}}}");
        List<ObjectNode> events = Objects.requireNonNull(server.watch(MAPS
                        + "?watch=true&sendInitialEvents=true&allowWatchBookmarks=true"
                        + "&resourceVersionMatch=NotOlderThan&labelSelector=set%3Dinitial")
                .take(2)
                .collectList()
                .block(Duration.ofSeconds(10)));
        assertThat(seen(events.getFirst())).isEqualTo("ADDED initial");
        assertThat(events.getLast().path("type").asString()).isEqualTo("BOOKMARK");
        assertThat(events.getLast().at("/object/metadata/annotations").propertyNames())
                .containsExactly("k8s.io/initial-events-end");
    }

    @Test
    void anObjectThatStopsToMatchIsDeletedForTheWatcher() {
        server.post(MAPS, "{'metadata':{'name':'moving'}}");
        String from = now();
        server.patch(MAPS + "/moving", "merge", "{'metadata':{'labels':{'in':'yes'}}}");
        server.patch(MAPS + "/moving", "merge", "{'metadata':{'labels':{'in':'no'}}}");
        List<ObjectNode> events =
                Objects.requireNonNull(server.watch(MAPS + "?watch=true&labelSelector=in%3Dyes&resourceVersion=" + from)
                        .take(2)
                        .collectList()
                        .block(Duration.ofSeconds(10)));
        assertThat(events).extracting(WatchTest::seen).containsExactly("ADDED moving", "DELETED moving");
    }

    @Test
    void theTimeoutEndsIt() {
        var events = server.watch(MAPS + "?watch=true&timeoutSeconds=1&resourceVersion=" + now())
                .collectList()
                .block(Duration.ofSeconds(10));
        assertThat(events).isEmpty();
    }

    @Test
    void tablesDefineTheirColumnsOnce() {
        server.post(MAPS, "{'metadata':{'name':'t1','labels':{'table':'yes'}}}");
        server.post(MAPS, "{'metadata':{'name':'t2','labels':{'table':'yes'}}}");
        var frames = new CopyOnWriteArrayList<String>();
        var answer = (io.kubespring.apiserver.request.ApiResponse.Streamed) server.answer(
                "GET",
                MAPS + "?watch=true&labelSelector=table%3Dyes&timeoutSeconds=1",
                "",
                java.util.Map.of("accept", "application/json;as=Table;g=meta.k8s.io;v=v1"));
        answer.body().doOnNext(each -> frames.add(new String(each))).blockLast(Duration.ofSeconds(10));
        String all = String.join("", frames);
        assertThat(all.split("\"columnDefinitions\":\\[", -1)).hasSize(2);
        assertThat(all.lines()).hasSize(2);
    }

    @Test
    void aStoppingServerEndsItsWatches() {
        try (var stopping = new TestServer()) {
            var ended = stopping.watch(MAPS + "?watch=true&resourceVersion="
                            + stopping.get(MAPS).at("/metadata/resourceVersion").asString())
                    .collectList()
                    .toFuture();
            stopping.core.prepareToStop();
            assertThat(ended).succeedsWithin(Duration.ofSeconds(10));
            assertThat(stopping.core.ready()).isFalse();
        }
    }
}
