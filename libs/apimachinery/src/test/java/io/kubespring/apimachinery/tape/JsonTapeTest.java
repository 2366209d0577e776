package io.kubespring.apimachinery.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tape says where every value is. */
class JsonTapeTest {

    private static JsonTape tape(String json) {
        return JsonTape.of(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void childrenAndSiblingsAreFound() {
        JsonTape tape = tape("{\"a\":[1, true,{\"b\":null}],\"c\":\"x\"}");
        int a = tape.firstChild(JsonTape.ROOT);
        assertThat(tape.text(a)).isEqualTo("a");
        int list = a + 1;
        assertThat(tape.type(list)).isEqualTo((byte) '[');
        int one = tape.firstChild(list);
        assertThat(tape.text(one)).isEqualTo("1");
        int flag = tape.next(one);
        assertThat(tape.text(flag)).isEqualTo("true");
        int object = tape.next(flag);
        assertThat(tape.isNull(object + 2)).isTrue();
        int c = tape.next(list);
        assertThat(tape.text(c)).isEqualTo("c");
        assertThat(tape.text(c + 1)).isEqualTo("x");
        assertThat(tape.next(c + 1)).isEqualTo(tape.next(JsonTape.ROOT));
        assertThat(new String(tape.json(), tape.start(list), tape.end(list) - tape.start(list), StandardCharsets.UTF_8))
                .isEqualTo("[1, true,{\"b\":null}]");
    }

    @Test
    void escapesAreUndone() {
        JsonTape tape = tape("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00é\"");
        assertThat(tape.escaped(JsonTape.ROOT)).isTrue();
        assertThat(tape.text(JsonTape.ROOT)).isEqualTo("a\"\\/\b\f\n\r\té😀é");
    }

    @Test
    void emptyContainersAndDeepOnesAreRead() {
        assertThat(tape("[]").next(JsonTape.ROOT)).isEqualTo(1);
        assertThat(tape("{}").firstChild(JsonTape.ROOT)).isEqualTo(1);
        String deep = "[".repeat(1_000) + "]".repeat(1_000);
        assertThat(tape(deep).end(JsonTape.ROOT)).isEqualTo(2_000);
        assertThat(tape("-1.5e3").text(JsonTape.ROOT)).isEqualTo("-1.5e3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,", "\"a", "{\"a\":\"\\\""})
    void whatEndsTooSoonIsRefused(String json) {
        assertThatThrownBy(() -> tape(json)).isInstanceOf(IllegalArgumentException.class);
    }
}
