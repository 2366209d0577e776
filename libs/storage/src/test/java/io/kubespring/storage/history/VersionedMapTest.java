package io.kubespring.storage.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.storage.StoreException;
import io.kubespring.storage.tree.ImmutableTree;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VersionedMapTest {

    private static VersionedMap<String> empty(HistoryLimits limits) {
        return new VersionedMap<>(new View<>(ImmutableTree.empty(), 1), limits, String::length);
    }

    private static Change<String> set(VersionedMap<String> map, String key, String value) {
        return new Change<>(
                key, value, map.present().tree().get(key), map.present().revision() + 1);
    }

    @Test
    void everyKeptRevisionIsViewedAsItWas() {
        VersionedMap<String> map = empty(HistoryLimits.DEFAULT);
        var random = new SplittableRandom(3);
        List<View<String>> seen = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            String key = "/k/" + random.nextInt(50);
            boolean remove = map.present().tree().get(key) != null && random.nextInt(3) == 0;
            Change<String> change = remove
                    ? new Change<>(
                            key,
                            null,
                            map.present().tree().get(key),
                            map.present().revision() + 1)
                    : set(map, key, "v" + i);
            map.apply(List.of(change), change.revision());
            seen.add(map.present());
        }
        for (View<String> view : seen) {
            assertThat(content(map.at(view.revision()))).isEqualTo(content(view));
        }
    }

    private static List<String> content(View<String> view) {
        List<String> values = new ArrayList<>();
        view.tree().prefix("/").forEachRemaining(values::add);
        return values;
    }

    @Test
    void thePastIsBoundedInChangesAndBytes() {
        VersionedMap<String> few = empty(new HistoryLimits(10, 1 << 20));
        VersionedMap<String> small = empty(new HistoryLimits(1_000, 10_000));
        for (int i = 0; i < 100; i++) {
            for (VersionedMap<String> map : List.of(few, small)) {
                Change<String> change = set(map, "/k", "x".repeat(1_000));
                map.apply(List.of(change), change.revision());
            }
        }
        assertThat(few.after(few.oldest())).hasSize(10);
        assertThat(small.after(small.oldest())).hasSize(8);
        assertThatThrownBy(() -> few.after(few.oldest() - 1))
                .isInstanceOfSatisfying(
                        StoreException.Compacted.class,
                        compacted -> assertThat(compacted.oldest()).isEqualTo(few.oldest()));
        assertThatThrownBy(() -> few.at(few.oldest() - 1)).isInstanceOf(StoreException.Compacted.class);
    }

    @Test
    void forgettingKeepsRevisionsFromWhichNothingIsMissing() {
        VersionedMap<String> map = empty(HistoryLimits.DEFAULT);
        Change<String> change = set(map, "/k", "a");
        map.apply(List.of(change), 2);
        map.apply(List.of(), 50);
        map.forget(40);
        assertThat(map.after(2)).isEmpty();
        assertThatThrownBy(() -> map.after(1)).isInstanceOf(StoreException.Compacted.class);

        map.compact(40);
        assertThatThrownBy(() -> map.after(39)).isInstanceOf(StoreException.Compacted.class);
        assertThat(map.after(40)).isEmpty();
    }
}
