package io.kubespring.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TreeReaderTest {

    private static final JsonMapper JACKSON = JsonMapper.builder().build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                " { \"a\" : [ 1 , -2 , 0 , 2147483648 , 999999999999999999 ] } ",
                "{\"a\":{\"b\":null,\"c\":true,\"d\":false}}",
                "{\"\":\"\"}",
                "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20ac\"}",
                "{\"k:{\\\"name\\\":\\\"web\\\"}\":{\".\":{}}}",
                "{\"name\":\"Zoë 世界 🌍\",\"mixed\":\"a\\tü\\u0001b\"}",
                "{\"long\":\"0123456789012345678901234567890123456789012345678901234567890123456789\"}",
                "\"text\"",
                "7",
            })
    void plainJsonIsReadAsJacksonReadsIt(String json) {
        JsonNode read = TreeReader.read(json.getBytes(StandardCharsets.UTF_8));
        assertThat(read).isEqualTo(JACKSON.readTree(json));
        assertThat(read).hasToString(JACKSON.readTree(json).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\":1,}",
                "[1,]",
                "{\"a\":1}x",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1.5}",
                "{\"a\":1e3}",
                "{\"a\":-0}",
                "{\"a\":01}",
                "{\"a\":12345678901234567890}",
                "{\"a\":tru}",
                "{\"a\":\"\\ud83c\\udf0d\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\u0001\"}",
                "{a:1}",
                "{\"a\" 1}",
                "\uFEFF{}",
                "// no\n{}",
                "{\"a\":\"\uFFFD\"}",
            })
    void everythingElseIsLeftToJackson(String json) {
        assertThat(TreeReader.read(json.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @Test
    void brokenUtf8IsLeftToJackson() {
        assertThat(TreeReader.read(new byte[] {'"', (byte) 0xc3, '"'})).isNull();
        assertThat(TreeReader.read(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}))
                .isNull();
    }

    @Test
    void deepNestingIsLeftToJackson() {
        assertThat(TreeReader.read("[".repeat(90_000).getBytes(StandardCharsets.UTF_8)))
                .isNull();
    }

    @Test
    void whateverIsReadIsWhatJacksonReads() {
        byte[] seed = ("{\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\\\"b\",\"managedFields\":[{\"manager\":\"m\","
                        + "\"fieldsV1\":{\"f:spec\":{\"f:containers\":{\"k:{\\\"name\\\":\\\"web\\\"}\":{\".\":{},\"f:image\":{}}},"
                        + "\"f:enableServiceLinks\":{}}}}]},\"n\":[1,-20,true,null,\"ü\"]}")
                .getBytes(StandardCharsets.UTF_8);
        var random = new Random(7);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] json = seed.clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                json[random.nextInt(json.length)] = seed[random.nextInt(seed.length)];
            }
            JsonNode tree = TreeReader.read(json);
            if (tree != null) {
                read++;
                assertThat(tree).isEqualTo(JACKSON.readTree(json));
            }
        }
        assertThat(read).isGreaterThan(1_000);
    }

    @Test
    void ownedFieldsThatComeAgainAreSharedAndCannotBeChanged() {
        String fields =
                "{\"f:metadata\":{\"f:labels\":{\".\":{},\"f:app\":{}}},\"f:spec\":{\"f:shared-by-this-test\":{}}}";
        byte[] json = ("{\"metadata\":{\"managedFields\":[{\"manager\":\"m\",\"fieldsV1\":" + fields + "}]}}")
                .getBytes(StandardCharsets.UTF_8);
        Json.readObject(json);
        Json.readObject(json);
        JsonNode first = fieldsOf(Json.readObject(json));
        JsonNode second = fieldsOf(Json.readObject(json));

        assertThat(first).isInstanceOf(SharedObject.class).isSameAs(second).hasToString(fields);
        assertThat(List.of(
                        first, first.get("f:metadata"), first.get("f:metadata").get("f:labels")))
                .allSatisfy(shared -> org.assertj.core.api.Assertions.assertThatThrownBy(
                                () -> ((ObjectNode) shared).put("more", 1))
                        .isInstanceOf(UnsupportedOperationException.class));
        ObjectNode own = ((SharedObject) first).thaw();
        ((ObjectNode) own.get("f:spec")).put("more", 1);
        assertThat(first).hasToString(fields);
        assertThat(first.deepCopy()).isSameAs(first);
    }

    @Test
    void namesAreSharedAlsoWhereTheyAlwaysComeInTurns() {
        // Many enough that some would have the same place to be met at.
        var json = new StringBuilder("{");
        for (int i = 0; i < 400; i++) {
            json.append(i == 0 ? "" : ",").append("\"field").append(i * 7919).append("\":1");
        }
        byte[] bytes = json.append('}').toString().getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 4; i++) {
            TreeReader.read(bytes);
        }
        var names = List.copyOf(((ObjectNode) TreeReader.read(bytes)).propertyNames());
        var again = List.copyOf(((ObjectNode) TreeReader.read(bytes)).propertyNames());
        long shared = 0;
        for (int i = 0; i < names.size(); i++) {
            shared += names.get(i) == again.get(i) ? 1 : 0;
        }
        assertThat(shared).isGreaterThanOrEqualTo(398);
    }

    private static JsonNode fieldsOf(ObjectNode object) {
        return object.get("metadata").get("managedFields").get(0).get("fieldsV1");
    }
}
