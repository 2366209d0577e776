package io.kubespring.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class TreeWriterTest {

    private static final JsonMapper JACKSON = JsonMapper.builder().build();

    private static void assertWrittenAlike(ObjectNode tree) {
        assertThat(new String(Json.write(tree), StandardCharsets.UTF_8))
                .isEqualTo(new String(JACKSON.writeValueAsBytes(tree), StandardCharsets.UTF_8));
    }

    @Test
    void everyCharacterIsWrittenAsJacksonWritesIt() {
        ObjectNode tree = Json.object();
        for (char each = 0; each < 0x300; each++) {
            tree.put("c" + each, "a" + each + "b");
        }
        tree.put("wide", "世界/🌍 " + "x".repeat(20_000));
        assertWrittenAlike(tree);
    }

    @Test
    void everyScalarIsWrittenAsJacksonWritesIt() {
        ObjectNode tree = Json.object()
                .put("int", Integer.MIN_VALUE)
                .put("long", Long.MIN_VALUE)
                .put("largest", Long.MAX_VALUE)
                .put("zero", 0)
                .put("negative", -120)
                .put("double", 1.5)
                .put("huge", new BigInteger("123456789012345678901234567890"))
                .put("decimal", new BigDecimal("1.250"))
                .put("true", true)
                .put("false", false)
                .putNull("null")
                .put("binary", new byte[] {1, 2, 3});
        tree.putArray("list").add(1).add("two").addNull().addObject().put("a", 1);
        tree.putArray("empty");
        tree.putObject("nothing");
        tree.set("foreign", JsonNodeFactory.instance.objectNode().put("x", 1).put("y", "z"));
        assertWrittenAlike(tree);
    }

    @Test
    void manyFieldsKeepTheirOrder() {
        ObjectNode tree = Json.object();
        for (int i = 0; i < 100; i++) {
            tree.put("field-" + i, i);
        }
        assertWrittenAlike(tree);
    }

    @Test
    void halfASurrogateIsWrittenAsJacksonWritesIt() {
        assertWrittenAlike(Json.object().put("a", "\ud83c").put("b", "x\udf0dy"));
    }

    @Test
    void endlessDepthIsRefused() {
        ArrayNode deep = JsonNodeFactory.instance.arrayNode();
        ArrayNode at = deep;
        for (int i = 0; i < 2_000; i++) {
            at = at.addArray();
        }
        assertThatThrownBy(() -> Json.write(deep)).isInstanceOf(JacksonException.class);
    }
}
