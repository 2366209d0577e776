package io.kubespring.apimachinery.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.error.StatusException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class ObjectDecoderTest {

    private final List<String> duplicates = new ArrayList<>();

    private ObjectNode json(String text) {
        return ObjectDecoder.parse(text.getBytes(StandardCharsets.UTF_8), "application/json", duplicates, "Pod");
    }

    private ObjectNode yaml(String text) {
        return ObjectDecoder.parse(text.getBytes(StandardCharsets.UTF_8), "application/yaml", duplicates, "Pod");
    }

    @Test
    void jsonKeepsOrderAndNumbers() {
        assertThat(json(" {\"b\":1,\"a\":[9007199254740993,1.5,null,true,\"x\"],\"c\":{}} ")
                        .toString())
                .isEqualTo("{\"b\":1,\"a\":[9007199254740993,1.5,null,true,\"x\"],\"c\":{}}");
    }

    @Test
    void duplicateFieldsAreReportedWithTheirPathAndTheLastWins() {
        ObjectNode object = json(
                "{\"spec\":{\"a\":1,\"containers\":[{},{\"image\":\"x\",\"image\":\"y\"}],\"a\":2,\"a\":3},\"kind\":\"A\",\"kind\":\"B\"}");

        assertThat(duplicates).containsExactly("spec.containers[1].image", "spec.a", "kind");
        assertThat(object.at("/spec/a").intValue()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"a\":            | unexpected end of JSON input ({\"a\":)",
                "hello             | invalid character 'h' looking for beginning of value (68656c6c6f)",
                "{a:1}             | invalid character 'a' looking for beginning of object key string ({a:1})",
                "{\"a\" 1}        | invalid character '1' after object key ({\"a\" 1})",
                "{\"a\":tru}      | invalid character '}' in literal true (expecting 'e') ({\"a\":tru})",
                "{\"a\":[1 2]}    | invalid character '2' after array element ({\"a\":[1 2]})",
                "{\"a\":\"\\x\"}   | invalid character 'x' in string escape code ({\"a\":\"\\x\"})",
                "{\"a\":1}x        | invalid character 'x' after top-level value ({\"a\":1}x)",
            })
    void malformedJsonIsABadRequestInUpstreamsWords(String body, String expected) {
        assertThatThrownBy(() -> json(body))
                .isInstanceOf(StatusException.class)
                .hasMessage("the object provided is unrecognized (must be of type Pod): couldn't get version/kind;"
                        + " json parse error: " + expected)
                .extracting(error -> ((StatusException) error).code())
                .isEqualTo(400);
    }

    @Test
    void aListIsNoObject() {
        assertThatThrownBy(() -> json("[1]"))
                .hasMessageContaining("json: cannot unmarshal array into Go value of type");
        assertThatThrownBy(() -> yaml("- 1"))
                .hasMessageContaining("json: cannot unmarshal array into Go value of type");
    }

    @Test
    void emptyAndDeepBodiesAreRefused() {
        assertThatThrownBy(() -> json("")).hasMessageEndingWith("unexpected end of JSON input (<empty>)");
        assertThatThrownBy(() -> json("{\"a\":".repeat(20_000))).hasMessageContaining("exceeded max depth");
        assertThatThrownBy(() -> yaml("a: " + "[".repeat(5_000))).isInstanceOf(StatusException.class);
    }

    @Test
    void yamlScalarsMeanWhatUpstreamsParserSays() {
        assertThat(yaml("""
            bools: [yes, No, on, y, "yes", true]
            ints: [1, -7, 0x1f, 010, 1_000, 12345678901, 08]
            floats: [1.5, .5, 1e3, 1.]
            strings: [1.2.3, 2024-01-01, '1', 10:20, 1e, "", 5m]
            nulls: [~, null, ]
            tagged: !!str 12
            1: one
            true: two
            text: |
              line
            """).toString())
                .isEqualTo(
                        "{\"bools\":[true,false,true,true,\"yes\",true],\"ints\":[1,-7,31,8,1000,12345678901,8],\"floats\":[1.5,0.5,1000,1],\"strings\":[\"1.2.3\",\"2024-01-01\",\"1\",\"10:20\",\"1e\",\"\",\"5m\"],\"nulls\":[null,null],\"tagged\":\"12\",\"1\":\"one\",\"true\":\"two\",\"text\":\"line\\n"
                                + "\"}");
    }

    @Test
    void numbersBeyondFloat64AreRefused() {
        assertThatThrownBy(() -> json("{\"a\":1e999}"))
                .hasMessageContaining("json: cannot unmarshal number 1e999 into Go value of type float64");
    }

    @Test
    void tagsThatTheComposerTripsOverAreClientErrors() {
        assertThatThrownBy(() -> yaml("a: !%20 x")).isInstanceOf(StatusException.class);
    }

    @Test
    void yamlMergeKeysAliasesAndDuplicates() {
        ObjectNode object = yaml("""
            base: &base {a: 1, b: 2}
            derived:
              <<: *base
              b: 3
            twice: 1
            twice: 2
            """);

        assertThat(object.get("derived").toString()).isEqualTo("{\"b\":3,\"a\":1}");
        assertThat(DuplicateFields.paths(duplicates)).isEmpty();
        assertThat(DuplicateFields.sentences(duplicates)).containsExactly("line 6: key \"twice\" already set in map");
        assertThat(DuplicateFields.error(DuplicateFields.sentences(duplicates)))
                .isEqualTo("yaml: unmarshal errors:\n  line 6: key \"twice\" already set in map");
    }

    @Test
    void yamlReadsTheFirstDocumentOnly() {
        assertThat(yaml("---\nkind: A\n---\nkind: B\n").toString()).isEqualTo("{\"kind\":\"A\"}");
    }

    @Test
    void yamlBombsAreRefused() {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(9) + "*a" + (i - 1) + "]\n");
        }
        assertThatThrownBy(() -> yaml(bomb.toString())).isInstanceOf(StatusException.class);
        String longText = "a: &a \"" + "x".repeat(100_000) + "\"\nb: [" + "*a,".repeat(1_000) + "*a]";
        assertThatThrownBy(() -> yaml(longText)).hasMessageContaining("excessive aliasing");
        assertThatThrownBy(() -> yaml("a: &a [*a]")).isInstanceOf(StatusException.class);
        assertThatThrownBy(() -> yaml("a: !!javax.script.ScriptEngineManager [x]\nb: \t- : :"))
                .isInstanceOf(StatusException.class);
    }
}
