package io.kubespring.apiserver.cache;

import static io.kubespring.apiserver.cache.CacheFixture.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.error.StatusException;
import io.kubespring.storage.history.HistoryLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchCacheTest {

    private final CacheFixture fixture = new CacheFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aSnapshotHoldsWhatWasWrittenBeforeAndNothingAfter() {
        long first = fixture.create("default", "a", "n1", "web");
        Snapshot before = fixture.cache.snapshot();
        fixture.create("default", "b", "n1", "web");
        fixture.delete("default", "a");

        assertThat(before.revision()).isEqualTo(first);
        assertThat(names(before, "")).containsExactly("a");
        assertThat(names(fixture.cache.snapshot(), "")).containsExactly("b");
        assertThat(names(fixture.cache.snapshotAt(first).join(), "")).containsExactly("a");
    }

    @Test
    void listsOneNamespaceInOrderAndResumesAfterAPlace() {
        for (String name : List.of("c", "a", "b")) {
            fixture.create("one", name, "n1", "web");
            fixture.create("one-more", name, "n1", "web");
        }
        Snapshot snapshot = fixture.cache.snapshot();

        assertThat(names(snapshot, "one")).containsExactly("a", "b", "c");
        assertThat(snapshot.get("one", "b")).isNotNull();
        assertThat(snapshot.get("one", "z")).isNull();
        var rest = new ArrayList<String>();
        snapshot.objectsFrom("one", "one/a\0").forEachRemaining(object -> rest.add(object.name()));
        assertThat(rest).containsExactly("b", "c");
        assertThat(snapshot.countFrom("one", "one/a\0")).isEqualTo(2);
        assertThat(snapshot.countFrom("", "one-more/b\0")).isEqualTo(4);
    }

    @Test
    void watchFromARevisionGivesExactlyWhatCameAfterIt() {
        long first = fixture.create("default", "a", "n1", "web");
        fixture.update("default", "a", "n2", "web");
        var received = fixture.watch(first, Selection.ALL);
        fixture.delete("default", "a");

        assertThat(received.events).containsExactly("MODIFIED a@3", "DELETED a@4");
    }

    @Test
    void watchFromZeroStartsWithTheState() {
        fixture.create("default", "a", "n1", "web");
        var received = fixture.watch(0, Selection.ALL);
        fixture.create("default", "b", "n1", "web");

        assertThat(received.events).containsExactly("ADDED a@2", "ADDED b@3");
    }

    @Test
    void initialEventsEndWithABookmark() {
        fixture.create("default", "a", "n1", "web");
        fixture.create("other", "b", "n1", "web");
        var received = fixture.watch(new WatchRequest(0, Selection.inNamespace("default"), true, true, JSON));

        assertThat(received.events).containsExactly("ADDED a@2", "BOOKMARK @3 end");
    }

    @Test
    void anObjectThatCeasesToMatchIsDeletedUnderTheNewRevisionWithItsOldContent() {
        fixture.create("default", "a", "n1", "web");
        var selection =
                new Selection("", "", "", object -> "web".equals(object.labels().get("app")));
        var received = fixture.watch(2, selection);
        fixture.update("default", "a", "n1", "other");
        fixture.update("default", "a", "n1", "web");

        assertThat(received.events).containsExactly("DELETED a@3", "ADDED a@4");
        assertThat(new String(received.frames.getFirst(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"app\":\"web\"");
    }

    @Test
    void aPodThatMovesBetweenNodesIsSeenByBothKubelets() {
        var one = fixture.watch(1, new Selection("", "", "n1", object -> true));
        var two = fixture.watch(1, new Selection("", "", "n2", object -> true));
        fixture.create("default", "a", "n1", "web");
        fixture.update("default", "a", "n2", "web");

        assertThat(one.events).containsExactly("ADDED a@2", "DELETED a@3");
        assertThat(two.events).containsExactly("ADDED a@3");
    }

    @Test
    void watchersOfOneNameOrNamespaceSeeOnlyThat() {
        var named = fixture.watch(1, new Selection("default", "a", "", object -> true));
        var space = fixture.watch(1, Selection.inNamespace("other"));
        fixture.create("default", "a", "n1", "web");
        fixture.create("other", "a", "n1", "web");
        fixture.create("default", "b", "n1", "web");

        assertThat(named.events).containsExactly("ADDED a@2");
        assertThat(space.events).containsExactly("ADDED a@3");
    }

    @Test
    void watchersShareTheFrame() {
        var one = fixture.watch(1, Selection.ALL);
        var two = fixture.watch(1, Selection.inNamespace("default"));
        fixture.create("default", "a", "n1", "web");
        var late = fixture.watch(1, Selection.ALL);

        assertThat(one.frames.getFirst()).isSameAs(two.frames.getFirst()).isSameAs(late.frames.getFirst());
    }

    @Test
    void theCacheSharesTheStoresBytes() {
        fixture.create("default", "a", "n1", "web");
        byte[] inStore =
                fixture.store.get(CacheFixture.key("default", "a")).join().value();
        assertThat(fixture.cache.snapshot().get("default", "a"))
                .extracting(StoredObject::stored)
                .isSameAs(inStore);
    }

    @Test
    void aForgottenRevisionIsGoneExactly() {
        try (var small = new CacheFixture(new HistoryLimits(3, 1 << 20))) {
            for (int i = 0; i < 5; i++) {
                small.create("default", "p" + i, "n1", "web");
            }
            assertThat(small.watch(3, Selection.ALL).events).containsExactly("ADDED p2@4", "ADDED p3@5", "ADDED p4@6");
            assertThat(small.watch(2, Selection.ALL).error).isInstanceOfSatisfying(StatusException.class, error -> {
                assertThat(error.code()).isEqualTo(410);
                assertThat(error.reason().text()).isEqualTo("Expired");
                assertThat(error.getMessage()).isEqualTo("too old resource version: 2 (3)");
            });
            assertThat(names(small.cache.snapshotAt(2).join(), "")).containsExactly("p0"); // the store still knows
            small.store.compact(3).join();
            assertThatThrownBy(() -> small.cache.snapshotAt(2).join())
                    .hasRootCauseInstanceOf(StatusException.class)
                    .hasMessageContaining("too old");
        }
    }

    @Test
    void aWatchFromTheFutureHearsOnlyWhatComesAfterIt() {
        var ahead = fixture.watch(4, Selection.ALL);
        fixture.create("default", "a", "n1", "web");
        fixture.create("default", "b", "n1", "web");
        fixture.create("default", "c", "n1", "web");
        fixture.create("default", "d", "n1", "web");
        assertThat(ahead.events).containsExactly("ADDED d@5");
    }

    @Test
    void whoHasSeenEverythingResumesEvenAfterTheEventsAreForgotten() {
        long last = fixture.create("default", "a", "n1", "web");
        fixture.store.create("/registry/other/x", new byte[] {'{', '}'}, null).join();
        fixture.cache.forget(fixture.cache.revision());

        assertThat(fixture.watch(last, Selection.ALL).error).isNull();
        assertThat(fixture.watch(last - 1, Selection.ALL).error).hasMessage("too old resource version: 1 (2)");
    }

    @Test
    void bookmarksComeOnceAMinuteToThoseWhoAsked() {
        var asked = fixture.watch(new WatchRequest(1, Selection.ALL, true, false, JSON));
        var silent = fixture.watch(1, Selection.ALL);
        fixture.store.create("/registry/other/x", new byte[] {'{', '}'}, null).join();
        fixture.time.advance(Duration.ofSeconds(61));

        assertThat(asked.events).containsExactly("BOOKMARK @2");
        assertThat(silent.events).isEmpty();
    }

    @Test
    void aRevisionFromTheFutureIsAwaitedForThreeSeconds() {
        var reached = fixture.cache.atLeast(2);
        var missed = fixture.cache.atLeast(99);
        assertThat(reached).isNotDone();
        fixture.create("default", "a", "n1", "web");
        assertThat(reached).isCompleted();
        fixture.time.advance(Duration.ofSeconds(3));

        assertThatThrownBy(missed::join)
                .hasRootCauseInstanceOf(StatusException.class)
                .hasMessageContaining("Timeout: Too large resource version: 99, current: 2");
    }

    @Test
    void aConsistentReadSeesEveryAnsweredWrite() {
        fixture.create("default", "a", "n1", "web");
        assertThat(names(fixture.cache.consistent().join(), "default")).containsExactly("a");
    }

    @Test
    void aCancelledWatcherHearsNothingMore() {
        var received = fixture.watch(1, Selection.ALL);
        fixture.create("default", "a", "n1", "web");
        received.subscription.dispose();
        fixture.create("default", "b", "n1", "web");

        assertThat(received.events).containsExactly("ADDED a@2");
    }

    private static List<String> names(Snapshot snapshot, String namespace) {
        var names = new ArrayList<String>();
        snapshot.objects(namespace).forEachRemaining(object -> names.add(object.name()));
        return names;
    }
}
