package io.kubespring.apimachinery.fieldmanager;

import static io.kubespring.apimachinery.fieldmanager.Kinds.json;
import static io.kubespring.apimachinery.fieldmanager.Kinds.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.time.RandomSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldSetTest {

    private static FieldSet set(String fields) {
        return FieldsV1.decode(json(fields));
    }

    @Test
    void anythingIsWrittenInUpstreamsOrder() {
        assertThat(text(set("{'i:10':{},'i:2':{},'v:true':{},'v:\\'a\\'':{},'v:3':{},'v:10':{},"
                        + "'k:{\\'b\\':1}':{},'k:{\\'protocol\\':\\'UDP\\',\\'port\\':53}':{'f:z':{},'.':{}},"
                        + "'k:{\\'port\\':8}':{},'f:b':{},'f:a':{'f:c':{}}}")))
                .isEqualTo("{'f:a':{'f:c':{}},'f:b':{},'k:{\\'b\\':1}':{},'k:{\\'port\\':8}':{},"
                        + "'k:{\\'port\\':53,\\'protocol\\':\\'UDP\\'}':{'.':{},'f:z':{}},"
                        + "'v:3':{},'v:10':{},'v:\\'a\\'':{},'v:true':{},'i:2':{},'i:10':{}}");
    }

    @Test
    void stepsOfUnknownKindsAreSkipped() {
        assertThat(text(set("{'f:a':{},'q:x':{}}"))).isEqualTo("{'f:a':{}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'x':{}}", "{'f:a':1}", "{'k:1':{}}", "{'k:{':{}}", "{'i:x':{}}", "{'v:':{}}"})
    void malformedSetsAreRefused(String fields) {
        assertThatThrownBy(() -> set(fields)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pathsReadLikeInErrors() {
        List<String> paths = new ArrayList<>();
        set("{'f:spec':{'f:ports':{'k:{\\'port\\':53,\\'protocol\\':\\'UDP\\'}':{'.':{},'f:name':{}}},'f:x':{}},"
                        + "'f:finalizers':{'v:\\'a\\'':{}},'f:l':{'i:0':{}}}")
                .forEach(path -> paths.add(path.toString()));

        assertThat(paths)
                .containsExactly(
                        ".finalizers[=\"a\"]",
                        ".l[0]",
                        ".spec.x",
                        ".spec.ports[port=53,protocol=\"UDP\"]",
                        ".spec.ports[port=53,protocol=\"UDP\"].name");
    }

    @Test
    void keysThatNeedEscapingKeepTheirForm() {
        for (String step : new String[] {
            "k:{\"a\\\"b\":\"x\"}", "k:{\"name\":\"a\\\\b\"}", "k:{\"name\":\"ü\",\"z\":1.5}", "k:{\"n\":true}"
        }) {
            PathElement parsed = PathElement.parse(step);
            assertThat(parsed).isNotNull();
            assertThat(parsed.text()).isEqualTo(step);
        }
    }

    @Test
    void longLevelsAreSortedToo() {
        List<FieldPath> paths = new ArrayList<>();
        for (int i = 99; i >= 0; i--) {
            paths.add(FieldPath.of("data", "key" + i % 50));
        }
        var builder = new FieldSetBuilder(1);
        paths.forEach(path -> builder.append(path.elements().getLast(), FieldSet.MEMBER, null));

        assertThat(builder.build()).isEqualTo(FieldSet.of(paths).below(PathElement.field("data")));
    }

    @Test
    void differenceTakesExactPathsAndRecursiveDifferenceWholeBranches() {
        FieldSet fields = set("{'f:a':{'.':{},'f:b':{}},'f:c':{}}");

        assertThat(text(fields.difference(set("{'f:a':{}}")))).isEqualTo("{'f:a':{'f:b':{}},'f:c':{}}");
        assertThat(text(fields.recursiveDifference(set("{'f:a':{}}")))).isEqualTo("{'f:c':{}}");
        assertThat(fields.difference(fields).isEmpty()).isTrue();
    }

    @Test
    void operationsAgreeWithPlainSetsOfPaths() {
        RandomSource random = RandomSource.seeded(7);
        for (int run = 0; run < 500; run++) {
            Set<FieldPath> left = paths(random);
            Set<FieldPath> right = paths(random);
            FieldSet leftSet = FieldSet.of(left);
            FieldSet rightSet = FieldSet.of(right);

            Set<FieldPath> union = new HashSet<>(left);
            union.addAll(right);
            Set<FieldPath> difference = new HashSet<>(left);
            difference.removeAll(right);
            Set<FieldPath> intersection = new HashSet<>(left);
            intersection.retainAll(right);

            assertThat(members(leftSet.union(rightSet))).isEqualTo(union);
            assertThat(members(leftSet.difference(rightSet))).isEqualTo(difference);
            assertThat(members(leftSet.intersection(rightSet))).isEqualTo(intersection);
            assertThat(FieldsV1.decode(FieldsV1.encode(leftSet))).isEqualTo(leftSet);
            assertThat(FieldsV1.intersects(FieldsV1.encode(leftSet), rightSet)).isEqualTo(!intersection.isEmpty());
            left.forEach(path -> assertThat(leftSet.contains(path)).isTrue());
            assertThat(difference).allMatch(path -> !rightSet.contains(path));
        }
    }

    private static Set<FieldPath> paths(RandomSource random) {
        Set<FieldPath> paths = new HashSet<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            List<PathElement> path = new ArrayList<>();
            for (int depth = 1 + random.nextInt(3); depth > 0; depth--) {
                path.add(
                        random.nextInt(4) == 0
                                ? PathElement.key(json("{'name':'" + random.nextInt(3) + "'}"))
                                : PathElement.field("f" + random.nextInt(3)));
            }
            paths.add(new FieldPath(path));
        }
        return paths;
    }

    private static Set<FieldPath> members(FieldSet set) {
        Set<FieldPath> members = new HashSet<>();
        set.forEach(members::add);
        return members;
    }
}
