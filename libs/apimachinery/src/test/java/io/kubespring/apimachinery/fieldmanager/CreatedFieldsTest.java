package io.kubespring.apimachinery.fieldmanager;

import static io.kubespring.apimachinery.fieldmanager.Kinds.POD;
import static io.kubespring.apimachinery.fieldmanager.Kinds.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import io.kubespring.api.time.RandomSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is remembered of one object is never taken for another's. */
class CreatedFieldsTest {

    private static final String MADE = "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a','labels':{'app':'web'},"
            + "'finalizers':['x/y'],'ownerReferences':[{'uid':'1','name':'rs','kind':'ReplicaSet'}]},"
            + "'spec':{'nodeName':'','hostNetwork':false,'priority':0,'securityContext':{},"
            + "'containers':[{'name':'c','image':'i','resources':{},'args':['--a'],'env':[{'name':'X','value':''}],"
            + "'ports':[{'containerPort':80,'protocol':'TCP'}]},{'name':'d','image':'i'}],"
            + "'tolerations':[{'key':'k'}]},'status':{'conditions':[{'type':'Ready','status':'True'}]}}";

    private static FieldSet remembered(ObjectNode object) {
        return CreatedFields.of(object, POD, FieldSet.EMPTY);
    }

    private static FieldSet compared(ObjectNode object) {
        return Comparison.of(Json.object(), object, POD).select(Comparison.ADDED | Comparison.MODIFIED);
    }

    @Test
    void objectsOfOneTemplateShareTheAnswer() {
        ObjectNode another = json(MADE.replace("'name':'a'", "'name':'b'").replace("'i'", "'j'"));
        assertThat(remembered(another)).isSameAs(remembered(json(MADE))).isEqualTo(compared(another));
    }

    @Test
    void theEndpointsResetFieldsCount() {
        FieldSet reset = FieldSet.of(List.of(FieldPath.of("status")));
        FieldSet whole = remembered(json(MADE));
        assertThat(CreatedFields.of(json(MADE), POD, reset)).isNotEqualTo(whole);
        assertThat(remembered(json(MADE))).isEqualTo(whole);
    }

    @RepeatedTest(20)
    void variantsHaveTheirOwn(RepetitionInfo run) {
        RandomSource random = RandomSource.seeded(run.getCurrentRepetition());
        for (int i = 0; i < 200; i++) {
            remembered(json(MADE));
            ObjectNode variant = json(MADE);
            for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
                change(variant, random);
            }
            assertThat(remembered(variant)).as(variant.toString()).isEqualTo(compared(variant));
        }
    }

    /** Drops, empties, nulls, repeats or renames something. */
    private static void change(ObjectNode object, RandomSource random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(object, containers);
        JsonNode chosen = containers.get(random.nextInt(containers.size()));
        if (chosen.isEmpty()) {
            return;
        }
        int at = random.nextInt(chosen.size());
        JsonNode value = value(random);
        if (chosen instanceof ArrayNode list) {
            switch (random.nextInt(3)) {
                case 0 -> list.remove(at);
                case 1 -> list.add(list.get(at).deepCopy());
                default -> list.set(at, value);
            }
        } else if (chosen instanceof ObjectNode map && map != object) {
            String name = List.copyOf(map.propertyNames()).get(at);
            switch (random.nextInt(3)) {
                case 0 -> map.remove(name);
                case 1 -> map.set("other", map.remove(name));
                default -> map.set(name, value);
            }
        }
    }

    private static JsonNode value(RandomSource random) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(8)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.stringNode("");
            case 2 -> nodes.stringNode("x");
            case 3 -> nodes.numberNode(0);
            case 4 -> nodes.numberNode(7);
            case 5 -> nodes.booleanNode(random.nextInt(2) == 0);
            case 6 -> nodes.objectNode();
            default -> nodes.arrayNode();
        };
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer()) {
            containers.add(node);
            node.forEach(each -> collect(each, containers));
        }
    }
}
