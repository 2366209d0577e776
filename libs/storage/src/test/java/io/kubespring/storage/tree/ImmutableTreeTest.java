package io.kubespring.storage.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ImmutableTreeTest {

    @Test
    void behavesAsATreeMapUnderRandomChanges() {
        var random = new SplittableRandom(7);
        var expected = new TreeMap<String, Integer>();
        ImmutableTree<Integer> tree = ImmutableTree.empty();
        for (int step = 0; step < 60_000; step++) {
            // Grows, then shrinks, so that splits and merges both happen on several levels.
            boolean remove = random.nextInt(100) < (step < 30_000 ? 30 : 65);
            String key = "/registry/" + random.nextInt(6_000);
            if (remove) {
                expected.remove(key);
                tree = tree.without(key);
            } else {
                expected.put(key, step);
                tree = tree.with(key, step);
            }
            if (step % 997 == 0) {
                check(tree, expected, "/registry/" + random.nextInt(6_000), "/registry/" + random.nextInt(6_000));
            }
        }
        check(tree, expected, "", "z");
        for (String key : List.copyOf(expected.keySet())) {
            tree = tree.without(key);
        }
        assertThat(tree.size()).isZero();
    }

    private static void check(
            ImmutableTree<Integer> tree, TreeMap<String, Integer> expected, String one, String other) {
        String from = one.compareTo(other) < 0 ? one : other;
        String to = one.compareTo(other) < 0 ? other : one;
        assertThat(tree.size()).isEqualTo(expected.size());
        assertThat(tree.get(from)).isEqualTo(expected.get(from));
        assertThat(tree.rank(to)).isEqualTo(expected.headMap(to).size());
        assertThat(drain(tree, from, to))
                .containsExactlyElementsOf(expected.subMap(from, to).values());
    }

    private static List<Integer> drain(ImmutableTree<Integer> tree, String from, String to) {
        var values = new ArrayList<Integer>();
        tree.range(from, to).forEachRemaining(values::add);
        return values;
    }

    @Test
    void oldVersionsStayAsTheyWere() {
        ImmutableTree<Integer> before = ImmutableTree.empty();
        for (int i = 0; i < 1_000; i++) {
            before = before.with("/k/" + i, i);
        }
        ImmutableTree<Integer> after = before;
        for (int i = 0; i < 1_000; i += 2) {
            after = after.without("/k/" + i).with("/new/" + i, i);
        }
        assertThat(before.countPrefix("/k/")).isEqualTo(1_000);
        assertThat(before.countPrefix("/new/")).isZero();
        assertThat(after.countPrefix("/k/")).isEqualTo(500);
        assertThat(after.get("/k/1")).isEqualTo(1);
        assertThat(after.get("/k/2")).isNull();
    }

    @Test
    void prefixTakesNoNeighbours() {
        ImmutableTree<String> tree = ImmutableTree.empty();
        for (String key : List.of("/pods/a/x", "/pods/a-b/x", "/pods/a0/x", "/pods/a/y", "/podsx")) {
            tree = tree.with(key, key);
        }
        var found = new ArrayList<String>();
        tree.prefix("/pods/a/").forEachRemaining(found::add);
        assertThat(found).containsExactly("/pods/a/x", "/pods/a/y");
    }
}
