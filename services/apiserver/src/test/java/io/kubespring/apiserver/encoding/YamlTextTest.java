package io.kubespring.apiserver.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.node.JsonNodeFactory;

class YamlTextTest {

    private static String yaml(String json) {
        return new String(YamlText.of(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private static String text(String value) {
        return yaml(JsonNodeFactory.instance.objectNode().put("k", value).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "true | \"true\"",
                "yes | \"yes\"",
                "y | \"y\"",
                "123 | \"123\"",
                "1e3 | \"1e3\"",
                "null | \"null\"",
                "2026-01-01T00:00:00Z | \"2026-01-01T00:00:00Z\"",
                "^^ | \"\"",
                "plain | plain",
                "a: b | 'a: b'",
                "# no | '# no'",
                "10.0.0.1 | 10.0.0.1",
            })
    void textsThatWouldReadAsSomethingElseAreInDoubleQuotes(String text, String written) {
        assertThat(text(text)).isEqualTo("k: " + written + "\n");
    }

    @Test
    void keysAreSortedAndTextsOfSeveralLinesAreBlocks() {
        assertThat(yaml("{\"b\":\"one\\ntwo\\n\",\"a\":{\"q\":null,\"l\":[],\"m\":{},\"i\":1,\"t\":true}}"))
                .isEqualTo("a:\n  i: 1\n  l: []\n  m: {}\n  q: null\n  t: true\nb: |\n  one\n  two\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " a\nb",
                "a \n b\n\n",
                "\n",
                "\ta\n",
                "a\r\nb",
                "-",
                "?",
                "~",
                "0x1F",
                "0o7",
                "1_000",
                "=",
                "<<",
                "\u0007x\ny"
            })
    void everyTextReadsBack(String text) {
        java.util.Map<String, Object> read = new Yaml().load(text(text));
        assertThat(read).containsEntry("k", text);
    }
}
