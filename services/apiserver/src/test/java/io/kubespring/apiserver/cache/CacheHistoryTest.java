package io.kubespring.apiserver.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import io.kubespring.storage.Store;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Under concurrent writers: no read is stale, every watcher sees one complete order, and old snapshots are exact. */
class CacheHistoryTest {

    private static final int WRITERS = 4;
    private static final int WRITES = 250;
    private static final int NAMES = 12;

    private final CacheFixture fixture = new CacheFixture();

    /** Every write that was answered: revision → "name=node", or "name" for a deletion. */
    private final Map<Long, String> history = new ConcurrentHashMap<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void readsAndWatchesAgreeWithTheHistoryOfWrites() throws Exception {
        var early = fixture.watch(1, Selection.ALL);
        var nodeOne = fixture.watch(1, new Selection("", "", "n1", object -> true));
        runWriters();

        var model = new TreeMap<String, String>();
        Map<Long, Map<String, String>> states = new HashMap<>();
        long last = fixture.store.currentRevision().join();
        assertThat(history.keySet())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(2, (int) last)
                        .mapToObj(Long::valueOf)
                        .toList());
        for (long revision = 2; revision <= last; revision++) {
            String[] change = history.getOrDefault(revision, "").split("=");
            if (change.length == 1) {
                model.remove(change[0]);
            } else {
                model.put(change[0], change[1]);
            }
            states.put(revision, Map.copyOf(model));
        }
        for (long revision = 2; revision <= last; revision += 37) {
            assertThat(state(fixture.cache.snapshotAt(revision).join()))
                    .as("snapshot at %d", revision)
                    .isEqualTo(states.get(revision));
        }
        assertThat(replay(early)).isEqualTo(states.get(last));
        assertThat(early.events).hasSize(history.size());

        Set<String> onNodeOne = new HashSet<>();
        model.forEach((name, node) -> {
            if (node.equals("n1")) {
                onNodeOne.add(name);
            }
        });
        assertThat(replay(nodeOne).keySet()).isEqualTo(onNodeOne);
        var late = fixture.watch(last / 2, Selection.ALL);
        assertThat(late.events).isEqualTo(early.events.subList((int) (last / 2 - 1), early.events.size()));
    }

    private void runWriters() throws Exception {
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            var results = threads.invokeAll(IntStream.range(0, WRITERS)
                    .mapToObj(seed -> (Callable<Void>) () -> write(new SplittableRandom(seed)))
                    .toList());
            for (Future<Void> result : results) {
                result.get();
            }
        }
    }

    private Void write(SplittableRandom random) {
        for (int i = 0; i < WRITES; i++) {
            String name = "p" + random.nextInt(NAMES);
            String node = "n" + random.nextInt(3);
            Snapshot before = fixture.cache.consistent().join();
            StoredObject current = before.get("default", name);
            byte[] value = StoredObject.encode(CacheFixture.pod("default", name, node, "web"));
            String key = CacheFixture.key("default", name);
            boolean delete = current != null && random.nextInt(4) == 0;
            Long revision = (delete
                            ? fixture.store.delete(key, current.revision())
                            : current == null
                                    ? fixture.store.create(key, value, null)
                                    : fixture.store.update(key, value, current.revision(), null))
                    .exceptionally(lostTheRace -> 0L)
                    .join();
            if (revision > 0) {
                history.put(revision, delete ? name : name + "=" + node);
                // Read your writes, and never an older state than one seen before.
                assertThat(fixture.cache.revision()).isGreaterThanOrEqualTo(revision);
            }
            assertThat(fixture.cache.snapshot().revision()).isGreaterThanOrEqualTo(before.revision());
        }
        return null;
    }

    private static Map<String, String> state(Snapshot snapshot) {
        Map<String, String> state = new HashMap<>();
        snapshot.objects("").forEachRemaining(object -> state.put(object.name(), "" + object.field("spec.nodeName")));
        return state;
    }

    private static Map<String, String> replay(CacheFixture.Received received) {
        Map<String, String> state = new HashMap<>();
        long last = 0;
        for (byte[] frame : received.frames) {
            ObjectNode event = Json.readObject(frame);
            String name = event.at("/object/metadata/name").asString();
            long revision =
                    Long.parseLong(event.at("/object/metadata/resourceVersion").asString());
            assertThat(revision).isGreaterThan(last);
            last = revision;
            switch (event.get("type").asString()) {
                case "ADDED" ->
                    assertThat(state.put(name, event.at("/object/spec/nodeName").asString()))
                            .isNull();
                case "MODIFIED" ->
                    assertThat(state.put(name, event.at("/object/spec/nodeName").asString()))
                            .isNotNull();
                default -> assertThat(state.remove(name)).isNotNull();
            }
        }
        return state;
    }

    @Test
    void aCacheThatStartsLateHasTheStoresState() {
        fixture.create("default", "a", "n1", "web");
        fixture.create("default", "b", "n1", "web");
        Store store = fixture.store;
        try (var late = new WatchCache(
                store,
                "/registry/pods",
                CacheFixture.PODS,
                io.kubespring.storage.history.HistoryLimits.DEFAULT,
                fixture.time,
                Runnable::run,
                new EncodedForms(1 << 20))) {
            assertThat(late.revision()).isEqualTo(3);
            assertThat(late.snapshot().size()).isEqualTo(2);
        }
    }
}
