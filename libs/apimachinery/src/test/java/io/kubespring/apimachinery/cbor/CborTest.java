package io.kubespring.apimachinery.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.error.StatusException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CBOR as KEP-4222 has it. */
class CborTest {

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|00",
                "23|17",
                "24|1818",
                "256|190100",
                "65536|1a00010000",
                "4294967296|1b0000000100000000",
                "-1|20",
                "-256|38ff",
                "9223372036854775807|1b7fffffffffffffff",
                "1.5|f93e00",
                "0.1|fb3fb999999999999a",
                "100000.5|fa47c35040",
                "true|f5",
                "false|f4",
                "null|f6",
                "\"a\\u00e9\"|43" + "61c3a9",
                "[1,[]]|820180",
                "{\"bb\":1,\"c\":2,\"a\":{}}|a34161a041630242626201"
            })
    void everyValueHasOneShortestForm(String json, String hex) {
        assertThat(HexFormat.of().formatHex(Cbor.item(json.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(hex);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a1416101|{\"a\":1}",
                "d9d9f7a1616120|{\"a\":-1}",
                "bf6161ff9f01ffff|",
                "bf61619f01ffff|{\"a\":[1]}",
                "a161615f41624163ff|{\"a\":\"bc\"}",
                "a16161d64168|{\"a\":\"aA==\"}",
                "a16161d741ff|{\"a\":\"FF\"}",
                "a16161f93e00|{\"a\":1.5}",
                "a16161c11a514b67b0|{\"a\":\"2013-03-21T20:04:00Z\"}"
            })
    void otherEncodersAreUnderstood(String hex, String json) {
        if (json == null) {
            assertThatThrownBy(() -> Cbor.decode(bytes(hex), "")).isInstanceOf(StatusException.class);
        } else {
            assertThat(Cbor.decode(bytes(hex), "")).hasToString(json);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a2416101416102|found duplicate map key",
                "a10102|cannot unmarshal positive integer into Go value of type string",
                "a16161f97e00|NaN",
                "a16161f97c00|infinity",
                "a1616161ff|invalid UTF-8 string",
                "a16161f7|simple value 23 is not recognized",
                "a16161c24101|bignum",
                "a161611bffffffffffffffff|overflows",
                "a0a0|1 bytes of extraneous data starting at index 1",
                "a1|unexpected EOF",
                "9bffffffffffffffff|unexpected EOF",
                "01|cannot unmarshal number",
                "''|unexpected EOF"
            })
    void whatHasNoMeaningInJsonIsABadRequest(String hex, String message) {
        assertThatThrownBy(() -> Cbor.decode(bytes(hex), "ConfigMap"))
                .isInstanceOfSatisfying(
                        StatusException.class,
                        refused -> assertThat(refused.code()).isEqualTo(400))
                .hasMessageStartingWith("the object provided is unrecognized (must be of type ConfigMap): unable to "
                        + "determine group/version/kind: ")
                .hasMessageContaining(message);
    }

    @Test
    void anEndlessNestingIsRefused() {
        byte[] nested = new byte[5_000];
        java.util.Arrays.fill(nested, (byte) 0x81);
        assertThatThrownBy(() -> Cbor.decode(nested, "")).hasMessageContaining("exceeded max nested level");
    }

    @Test
    void documentsDescribeThemselves() {
        byte[] item = Cbor.item("{\"kind\":\"A\",\"list\":[\"b\",2.5]}".getBytes(StandardCharsets.UTF_8));
        byte[] document = Cbor.document(item);
        assertThat(HexFormat.of().formatHex(document)).startsWith("d9d9f7a2");
        assertThat(Cbor.decode(document, "")).hasToString("{\"kind\":\"A\",\"list\":[\"b\",2.5]}");
    }
}
