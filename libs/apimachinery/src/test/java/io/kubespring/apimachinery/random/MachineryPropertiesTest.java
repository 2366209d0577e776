package io.kubespring.apimachinery.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.api.schema.Schema;
import io.kubespring.apimachinery.decode.ObjectDecoder;
import io.kubespring.apimachinery.fieldmanager.FieldManager;
import io.kubespring.apimachinery.fieldmanager.ManagerInfo;
import io.kubespring.apimachinery.patch.JsonPatch;
import io.kubespring.apimachinery.patch.MergePatch;
import io.kubespring.apimachinery.patch.StrategicMergePatch;
import io.kubespring.apimachinery.structural.StructuralChecker;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class MachineryPropertiesTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant T1 = Instant.parse("2026-01-01T00:01:00Z");
    private static final List<GroupVersionKind> KINDS = Catalog.builtIn().all().stream()
            .filter(type -> type.schema().property("metadata") != null)
            .map(ResourceType::kind)
            .toList();

    private static Schema schema(GroupVersionKind kind) {
        return Objects.requireNonNull(Catalog.builtIn().byKind(kind)).schema();
    }

    private static ObjectNode object(RandomTrees trees, GroupVersionKind kind) {
        ObjectNode object = trees.of(schema(kind), 25, 9);
        object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", "n");
        if (trees.chance(50)) {
            metadata.putObject("labels").put(trees.word(), trees.word()).put("a", trees.word());
        }
        return object;
    }

    private static void forSeeds(int seeds, java.util.function.BiConsumer<RandomTrees, GroupVersionKind> property) {
        for (int seed = 0; seed < seeds; seed++) {
            GroupVersionKind kind = KINDS.get(seed % KINDS.size());
            try {
                property.accept(new RandomTrees(seed), kind);
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("seed " + seed + ", " + kind.kind(), failed);
            }
        }
    }

    /** The merge patch that makes {@code to} of {@code from}; neither holds nulls. */
    private static ObjectNode diff(ObjectNode from, ObjectNode to) {
        ObjectNode patch = Json.object();
        for (String name : from.propertyNames()) {
            if (!to.has(name)) {
                patch.putNull(name);
            }
        }
        to.properties().forEach(field -> {
            JsonNode before = from.get(field.getKey());
            if (before instanceof ObjectNode left && field.getValue() instanceof ObjectNode right) {
                ObjectNode below = diff(left, right);
                if (!below.isEmpty()) {
                    patch.set(field.getKey(), below);
                }
            } else if (!field.getValue().equals(before)) {
                patch.set(field.getKey(), field.getValue());
            }
        });
        return patch;
    }

    @Test
    void aMergePatchOfTheDifferenceGivesTheOther() {
        forSeeds(500, (trees, kind) -> {
            ObjectNode from = trees.object(4);
            ObjectNode to = trees.object(4);
            assertThat(MergePatch.apply(from, diff(from, to))).isEqualTo(to);
        });
    }

    @Test
    void aStrategicPatchWithNothingOrItselfChangesNothing() {
        forSeeds(120, (trees, kind) -> {
            ObjectNode object = object(trees, kind);
            assertThat(StrategicMergePatch.apply(object, Json.object(), schema(kind)))
                    .isEqualTo(object);
        });
    }

    @Test
    void anObjectThatFitsItsSchemaPassesTheCheckUnchanged() {
        forSeeds(200, (trees, kind) -> {
            ObjectNode object = object(trees, kind);
            ObjectNode checked = object.deepCopy();
            assertThat(StructuralChecker.check(checked, schema(kind)).problems())
                    .isEmpty();
            assertThat(checked).isEqualTo(object);
        });
    }

    private static ObjectNode apply(
            GroupVersionKind kind, @Nullable ObjectNode live, ObjectNode config, String name, Instant now) {
        var manager = new ManagerInfo(name, ManagerInfo.APPLY, kind.apiVersion(), "");
        return FieldManager.apply(schema(kind), live, config, manager, true, Set.of(), now);
    }

    private static ObjectNode update(
            GroupVersionKind kind, @Nullable ObjectNode live, ObjectNode next, String name, Instant now) {
        var manager = new ManagerInfo(name, ManagerInfo.UPDATE, kind.apiVersion(), "");
        return FieldManager.update(schema(kind), live, next, manager, Set.of(), now);
    }

    private static ObjectNode withoutOwners(ObjectNode object) {
        ObjectNode bare = object.deepCopy();
        ((ObjectNode) bare.get("metadata")).remove("managedFields");
        return bare;
    }

    @Test
    void applyingTwiceIsApplyingOnce() {
        forSeeds(300, (trees, kind) -> {
            ObjectNode config = object(trees, kind);
            ObjectNode live = update(kind, null, object(trees, kind), "creator", T0);
            ObjectNode once = apply(kind, live, config, "me", T0);
            assertThat(apply(kind, once, config, "me", T1)).isEqualTo(once);
        });
    }

    @Test
    void theFirstApplyCreatesExactlyTheConfiguration() {
        forSeeds(300, (trees, kind) -> {
            ObjectNode config = object(trees, kind);
            assertThat(withoutOwners(apply(kind, null, config, "me", T0))).isEqualTo(config);
        });
    }

    @Test
    void whatOneApplierReplacesIsGone() {
        forSeeds(300, (trees, kind) -> {
            ObjectNode second = object(trees, kind);
            ObjectNode live = apply(kind, null, object(trees, kind), "me", T0);
            ObjectNode next = withoutOwners(apply(kind, live, second, "me", T1));
            assertThat(sorted(withoutEmpty(next))).isEqualTo(sorted(withoutEmpty(second)));
        });
    }

    @Test
    void managersOfDifferentFieldsCommute() {
        forSeeds(300, (trees, kind) -> {
            ObjectNode labels = object(trees, kind);
            labels.retain("apiVersion", "kind", "metadata");
            ObjectNode rest = object(trees, kind);
            ((ObjectNode) rest.get("metadata")).remove("labels");
            // An empty list has no item that an applier could own, so it would come as a surprise to the next one.
            rest = (ObjectNode) withoutEmpty(rest);
            ObjectNode one = apply(kind, apply(kind, null, labels, "a", T0), rest, "b", T0);
            ObjectNode other = apply(kind, apply(kind, null, rest, "b", T0), labels, "a", T0);
            assertThat(sorted(one)).isEqualTo(sorted(other));
        });
    }

    @Test
    void managedFieldsSurviveAClientThatSendsThemBack() {
        forSeeds(300, (trees, kind) -> {
            ObjectNode live = update(kind, null, object(trees, kind), "creator", T0);
            live = update(kind, live, object(trees, kind), "editor", T1);
            live = apply(kind, live, object(trees, kind), "applier", T1);
            ObjectNode sent = live.deepCopy();
            // Anything of another manager forces a full decode and encode of what was sent.
            if (sent.at("/metadata/managedFields/0") instanceof ObjectNode first) {
                first.put("manager", "renamed");
            }
            ObjectNode next = update(kind, live, sent.deepCopy(), "editor", T1);
            assertThat(sortedOwners(next)).isEqualTo(sortedOwners(sent));
        });
    }

    private static List<String> sortedOwners(ObjectNode object) {
        List<String> owners = new ArrayList<>();
        object.at("/metadata/managedFields").forEach(entry -> owners.add(entry.toString()));
        owners.sort(null);
        return owners;
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode result = Json.object();
            object.propertyNames().stream().sorted().forEach(name -> result.set(name, sorted(object.get(name))));
            return result;
        }
        return node;
    }

    /** Pruning cannot tell an emptied container from an absent one. */
    private static JsonNode withoutEmpty(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode result = Json.object();
        object.properties().forEach(field -> {
            JsonNode value = withoutEmpty(field.getValue());
            if (!value.isContainer() || !value.isEmpty()) {
                result.set(field.getKey(), value);
            }
        });
        return result;
    }

    @Test
    void garbageNeverGetsBeyondAClientError() {
        garbage(3_000);
    }

    @Test
    @Tag("long")
    void muchGarbageNeverGetsBeyondAClientError() {
        garbage(1_000_000);
    }

    private static void garbage(int runs) {
        byte[] pieces = "{}[]\":,0123456789abcdef \n\\u-+.eE&*!|>%@`'#~\u00e9\0".getBytes(StandardCharsets.UTF_8);
        forSeeds(runs, (trees, kind) -> {
            byte[] body;
            if (trees.chance(50)) {
                body = Json.write(object(trees, kind));
                for (int i = 1 + trees.below(4); i > 0; i--) {
                    body[trees.below(body.length)] = pieces[trees.below(pieces.length)];
                }
            } else {
                body = new byte[trees.below(60)];
                for (int i = 0; i < body.length; i++) {
                    body[i] = trees.chance(95) ? pieces[trees.below(pieces.length)] : (byte) trees.below(256);
                }
            }
            survive(() -> {
                ObjectNode object = ObjectDecoder.parse(
                        body, trees.chance(50) ? "application/json" : "application/yaml", new ArrayList<>());
                ObjectNode base = object(new RandomTrees(1), kind);
                survive(() -> StrategicMergePatch.apply(base, object, schema(kind)));
                survive(() -> MergePatch.apply(base, object));
                survive(() -> apply(kind, base, object, "me", T0));
                survive(() -> {
                    StructuralChecker.check(object, schema(kind), kind);
                    update(kind, base, object, "me", T0);
                });
            });
            survive(() -> JsonPatch.apply(object(new RandomTrees(1), kind), body));
        });
    }

    private static void survive(Runnable attempt) {
        try {
            attempt.run();
        } catch (StatusException answered) {
            // Upstream answers 500 to an apply that does not fit its schema; it is the client's mistake all the same.
            int code = answered.getMessage().startsWith("failed to create typed patch object") ? 500 : 499;
            assertThat(answered.code()).isBetween(400, code);
        }
    }
}
