package io.kubespring.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class FieldMapTest {

    @Test
    void itBehavesAsALinkedHashMap() {
        var random = new Random(3);
        for (int run = 0; run < 200; run++) {
            var map = new FieldMap();
            Map<String, JsonNode> expected = new LinkedHashMap<>();
            int names = 1 + random.nextInt(30);
            for (int step = 0; step < 200; step++) {
                String name = "n" + random.nextInt(names);
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> {
                        JsonNode value = IntNode.valueOf(step);
                        assertThat(map.put(name, value)).isEqualTo(expected.put(name, value));
                    }
                    case 3 -> assertThat(map.remove(name)).isEqualTo(expected.remove(name));
                    case 4 -> {
                        map.entrySet().removeIf(entry -> entry.getValue().intValue() % 5 == 0);
                        expected.entrySet().removeIf(entry -> entry.getValue().intValue() % 5 == 0);
                    }
                    case 5 -> {
                        map.entrySet()
                                .forEach(entry -> entry.setValue(
                                        IntNode.valueOf(entry.getValue().intValue() + 1)));
                        expected.replaceAll((key, value) -> IntNode.valueOf(value.intValue() + 1));
                    }
                    case 6 -> assertThat(map.get(name)).isEqualTo(expected.get(name));
                    default -> {
                        if (random.nextInt(20) == 0) {
                            map.clear();
                            expected.clear();
                        }
                    }
                }
                assertThat(new ArrayList<>(map.entrySet())).isEqualTo(new ArrayList<>(expected.entrySet()));
                assertThat(map).isEqualTo(expected).hasSize(expected.size()).hasSameHashCodeAs(expected);
                assertThat(expected).isEqualTo(map);
            }
        }
    }

    @Test
    void objectsAreEqualWhateverHoldsTheirFields() {
        ObjectNode compact = Json.object().put("a", 1).put("b", "x");
        ObjectNode other = JsonNodeFactory.instance.objectNode().put("b", "x").put("a", 1);
        assertThat(compact).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(other).isEqualTo(compact);
        assertThat(compact.deepCopy()).isEqualTo(compact).isNotSameAs(compact);
    }
}
