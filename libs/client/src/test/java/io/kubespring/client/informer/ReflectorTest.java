package io.kubespring.client.informer;

import static io.kubespring.client.transport.ScriptedServer.answer;
import static io.kubespring.client.transport.ScriptedServer.map;
import static io.kubespring.client.transport.ScriptedServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.kubespring.api.time.ManualTime;
import io.kubespring.api.time.RandomSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.transport.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How an informer follows a server that ends, breaks and garbles its answers. */
class ReflectorTest {

    private final ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final ScriptedServer server = new ScriptedServer();
    private final List<String> seen = new ArrayList<>();
    private boolean refuse;
    private final Informer<ConfigMap> informer = new Informer<>(
            KubeClient.over(server, time).resources(ConfigMap.class),
            InformerOptions.<ConfigMap>all().transform(this::transform),
            tasks::add,
            RandomSource.seeded(1));

    ReflectorTest() {
        informer.addHandler(new EventHandler<>() {
            @Override
            public void onAdd(ConfigMap object, boolean initial) {
                seen.add("add " + text(object));
            }

            @Override
            public void onUpdate(ConfigMap before, ConfigMap after) {
                seen.add("update " + text(before) + ">" + text(after));
            }

            @Override
            public void onDelete(ConfigMap last) {
                seen.add("delete " + text(last));
            }
        });
    }

    @Test
    void watchThatEndsWithinAnEventIsResumedAfterTheLastWholeOne() {
        startWith(map("a", 5));
        server.event("MODIFIED", map("a", 11));
        server.send("{\"type\":\"DELETED\",\"object\":{\"metadata\":{\"na");
        settle();
        server.endWatch();
        advance(2);
        assertThat(lastUri()).contains("watch=true").contains("resourceVersion=11&");
        assertThat(seen).containsExactly("add a5", "update a5>a11");
        assertThat(server.requests(false)).isEqualTo(1);
    }

    @Test
    void lostConnectionIsResumedWithoutListing() {
        startWith(map("a", 5));
        server.breakWatch(new IOException("connection reset by peer"));
        settle();
        assertThat(server.requests(true)).isEqualTo(1);
        advance(2);
        assertThat(lastUri()).contains("resourceVersion=10&");
        server.event("ADDED", map("b", 12));
        settle();
        assertThat(seen).containsExactly("add a5", "add b12");
        assertThat(server.requests(false)).isEqualTo(1);
    }

    @Test
    void bookmarkOnlyMovesTheVersion() {
        startWith(map("a", 5));
        server.event("BOOKMARK", "{\"kind\":\"ConfigMap\",\"metadata\":{\"resourceVersion\":\"99\"}}");
        settle();
        assertThat(informer.resourceVersion()).isEqualTo("99");
        server.event("BOOKMARK", "{\"kind\":\"ConfigMap\",\"metadata\":{}}");
        settle();
        assertThat(informer.resourceVersion()).isEqualTo("99");
        server.endWatch();
        advance(2);
        assertThat(lastUri()).contains("resourceVersion=99&").contains("allowWatchBookmarks=true");
        assertThat(seen).containsExactly("add a5");
    }

    @Test
    void expiryDuringTheWatchListsAgainAndTellsTheDifference() {
        startWith(map("a", 5), map("b", 6), map("c", 7));
        server.list(50, map("b", 6), map("c", 40), map("d", 41));
        server.event("ERROR", status(410, "Expired"));
        advance(2);
        assertThat(seen.subList(3, seen.size())).containsExactly("update c7>c40", "add d41", "delete a5");
        assertThat(lastUri()).contains("watch=true").contains("resourceVersion=50&");
    }

    @Test
    void serverThatAlwaysSaysExpiredIsNotAskedInALoop() {
        server.refuseWatch(answer(410, status(410, "Expired")));
        startWith(map("a", 5));
        advance(60);
        assertThat(server.requests(false)).isBetween(3L, 12L);
        assertThat(informer.hasSynced()).isTrue();
    }

    @Test
    void eventThatCannotBeReadLeadsToANewList() {
        startWith(map("a", 5));
        server.list(20, map("a", 15));
        server.event("MODIFIED", "{\"metadata\":{\"name\":[\"no name\"]}}");
        advance(2);
        assertThat(server.requests(false)).isEqualTo(2);
        assertThat(lastUri()).contains("watch=true").contains("resourceVersion=20&");
        assertThat(seen).containsExactly("add a5", "update a5>a15");
        server.event("WHAT", map("a", 21));
        advance(4);
        assertThat(server.requests(false)).isEqualTo(3);
    }

    @Test
    void lineThatIsNoJsonLeadsToANewListEverMoreSeldom() {
        startWith(map("a", 5));
        for (int i = 0; i < 40; i++) {
            if (server.watched()) {
                server.send("<html>\n");
            }
            advance(1);
        }
        assertThat(server.requests(false)).isBetween(3L, 7L);
        assertThat(seen).containsExactly("add a5");
    }

    @Test
    void changeThatCannotBeKeptIsMadeUpForByANewList() {
        startWith(map("a", 5));
        server.list(12, map("a", 11));
        refuse = true;
        server.event("MODIFIED", map("a", 11));
        settle();
        refuse = false;
        advance(2);
        assertThat(seen).containsExactly("add a5", "update a5>a11");
    }

    @Test
    void deletionTellsTheFinalState() {
        startWith(map("a", 5));
        server.event("DELETED", map("a", 30));
        server.event("DELETED", map("never-seen", 31));
        settle();
        assertThat(seen).containsExactly("add a5", "delete a30");
        assertThat(informer.lister().list()).isEmpty();
    }

    @Test
    void pagesThatExpireAreReplacedByOneWholeList() {
        server.listPage(10, "more", map("a", 5))
                .list(answer(410, status(410, "Expired")))
                .list(30, map("a", 5), map("b", 29));
        informer.start();
        settle();
        assertThat(server.uris().get(1)).contains("continue=more");
        assertThat(server.uris().get(2)).doesNotContain("limit=").doesNotContain("continue=");
        assertThat(seen).containsExactly("add a5", "add b29");
        assertThat(informer.resourceVersion()).isEqualTo("30");
    }

    @Test
    void watchThatTheServerForgotIsOpenedAgain() {
        startWith(map("a", 5));
        advance(631);
        assertThat(server.requests(true)).isBetween(2L, 3L);
        assertThat(server.requests(false)).isEqualTo(1);
        server.event("ADDED", map("b", 11));
        settle();
        assertThat(seen).containsExactly("add a5", "add b11");
    }

    @Test
    void handlerIsNotToldTwiceOfWhatANewListHasUnchanged() {
        startWith(map("a", 5));
        server.event("ERROR", status(410, "Expired"));
        advance(2);
        assertThat(server.requests(false)).isEqualTo(2);
        assertThat(seen).containsExactly("add a5");
    }

    @Test
    void closedInformerLeavesTheServerAndSaysNothing() {
        startWith(map("a", 5));
        assertThat(server.watched()).isTrue();
        server.event("ADDED", map("b", 11));
        informer.close();
        advance(60);
        assertThat(server.watched()).isFalse();
        assertThat(seen).containsExactly("add a5");
        assertThat(server.uris()).hasSize(2);
    }

    @Test
    void delaysBeginAnewAfterTwoQuietMinutes() {
        var backoff = new Backoff(time, RandomSource.seeded(1));
        for (int i = 0; i < 8; i++) {
            backoff.next();
        }
        assertThat(backoff.next()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
        time.advance(Duration.ofSeconds(121));
        assertThat(backoff.next()).isBetween(Duration.ofMillis(800), Duration.ofMillis(1600));
    }

    private ConfigMap transform(ConfigMap map) {
        if (refuse) {
            throw new IllegalStateException("not now");
        }
        return map;
    }

    private static String text(ConfigMap map) {
        return map.getMetadata().getName() + map.getData().get("v");
    }

    private String lastUri() {
        return server.uris().getLast();
    }

    private void startWith(String... items) {
        server.list(10, items);
        informer.start();
        settle();
    }

    private void settle() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    private void advance(int seconds) {
        settle();
        for (int i = 0; i < seconds * 10; i++) {
            time.advance(Duration.ofMillis(100));
            settle();
        }
    }
}
