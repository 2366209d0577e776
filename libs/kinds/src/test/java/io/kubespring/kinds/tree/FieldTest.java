package io.kubespring.kinds.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTest {

    private final Field root = Field.root(Json.read("{\"a\":{\"b\":[{\"c\":1},{\"c\":2}],\"d\":{\"x/y\":\"z\"}}}"));

    @Test
    void pathsAreUpstreams() {
        assertThat(root.path()).isEmpty();
        assertThat(root.at("a", "b").items().get(1).at("c").path()).isEqualTo("a.b[1].c");
        assertThat(root.at("a", "d").entries().getFirst().path()).isEqualTo("a.d[x/y]");
        assertThat(root.at("a", "d").key("none").path()).isEqualTo("a.d[none]");
        assertThat(Field.of("spec", Json.object()).at("x").path()).isEqualTo("spec.x");
    }

    @Test
    void whatIsMissingReadsAsZero() {
        Field missing = root.at("no").at("such").item(3).at("field");
        assertThat(missing.present()).isFalse();
        assertThat(missing.empty()).isTrue();
        assertThat(missing.text()).isEmpty();
        assertThat(missing.number()).isZero();
        assertThat(missing.number(7)).isEqualTo(7);
        assertThat(missing.items()).isEmpty();
        assertThat(missing.entries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1} | {\"a\":1} | true",
                "{\"a\":\"\",\"b\":[],\"c\":false,\"d\":null} | {} | true",
                "{\"a\":0} | {} | false",
                "{\"a\":{}} | {} | false",
                "[1,2] | [2,1] | false",
                "{\"a\":[{\"b\":\"\"}]} | {\"a\":[{}]} | true",
            })
    void equalityIsThatOfStructs(String left, String right, boolean equal) {
        assertThat(Semantics.equal(Json.read(left), Json.read(right))).isEqualTo(equal);
        assertThat(Semantics.equal(Json.read(right), Json.read(left))).isEqualTo(equal);
    }
}
