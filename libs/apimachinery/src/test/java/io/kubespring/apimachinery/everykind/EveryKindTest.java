package io.kubespring.apimachinery.everykind;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.json.Json;
import io.kubespring.api.schema.BuiltInSchemas;
import io.kubespring.api.schema.Schema;
import io.kubespring.apimachinery.decode.ObjectDecoder;
import io.kubespring.apimachinery.patch.MergePatch;
import io.kubespring.apimachinery.patch.StrategicMergePatch;
import io.kubespring.apimachinery.structural.StructuralChecker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class EveryKindTest {

    /** A kind that is sent to the server, as an object of its own or as the body of a subresource. */
    record Kind(GroupVersionKind kind, Schema schema) {

        ObjectNode example() {
            return ExampleObjects.of(kind, schema);
        }

        @Override
        public String toString() {
            return kind.apiVersion() + " " + kind.kind();
        }
    }

    static Stream<Kind> kinds() {
        Map<GroupVersionKind, Schema> found = new LinkedHashMap<>();
        Catalog.builtIn().all().forEach(type -> {
            found.put(type.kind(), type.schema());
            type.subresources().forEach(each -> {
                if (BuiltInSchemas.get().nameOf(each.kind()) != null) {
                    found.put(each.kind(), each.schema());
                }
            });
        });
        return found.entrySet().stream().map(each -> new Kind(each.getKey(), each.getValue()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anExampleMeetsItsSchema(Kind kind) {
        ObjectNode example = kind.example();
        ObjectNode checked = example.deepCopy();
        assertThat(StructuralChecker.check(checked, kind.schema()).problems()).isEmpty();
        assertThat(checked).isEqualTo(example);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anExampleSurvivesEncodingAndDecoding(Kind kind) {
        ObjectNode example = kind.example();
        List<String> duplicates = new ArrayList<>();
        assertThat(ObjectDecoder.parse(Json.write(example), "application/json", duplicates))
                .isEqualTo(example);
        assertThat(duplicates).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatNoSchemaKnowsIsNamedAndDropped(Kind kind) {
        ObjectNode example = kind.example();
        ObjectNode strange = example.deepCopy().put("nonsense", 1);
        ((ObjectNode) strange.path("metadata")).put("madeUp", "x");
        assertThat(StructuralChecker.check(strange, kind.schema()).problems())
                .containsExactlyInAnyOrder("unknown field \"nonsense\"", "unknown field \"metadata.madeUp\"");
        assertThat(strange).isEqualTo(example);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void mergingAnObjectIntoItselfChangesNothing(Kind kind) {
        ObjectNode example = kind.example();
        assertThat(MergePatch.apply(example, example)).isEqualTo(example);
        assertThat(StrategicMergePatch.apply(example, example, kind.schema())).isEqualTo(example);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void listsThatMergeHaveTheirKeys(Kind kind) {
        assertKeys(kind.schema(), new ArrayList<>());
    }

    private static void assertKeys(Schema schema, List<String> open) {
        if (!schema.name().isEmpty() && open.contains(schema.name())) {
            return;
        }
        open.add(schema.name());
        for (String each : schema.propertyNames()) {
            Schema property = Objects.requireNonNull(schema.property(each));
            Schema items = property.items();
            if (items != null) {
                assertThat(items.propertyNames()).as(schema + "." + each).containsAll(property.mapKeys());
                if (property.patchMergeKey() != null) {
                    assertThat(items.propertyNames()).contains(property.patchMergeKey());
                }
                assertKeys(items, open);
            }
            assertKeys(property, open);
        }
        open.removeLast();
    }
}
