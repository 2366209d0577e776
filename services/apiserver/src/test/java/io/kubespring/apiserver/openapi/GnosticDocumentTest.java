package io.kubespring.apiserver.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class GnosticDocumentTest {

    @Test
    void writesFieldsWithTheirNumbers() {
        String schema = "{\"type\":\"string\",\"format\":\"f\",\"description\":\"d\",\"required\":[\"r\"],\"x-a\":1}";
        assertThat(hex(GnosticSchema.encode(Json.read(schema))))
                .isEqualTo(
                        "120166" // format
                                + "220164" // description
                                + "9a010172" // required
                                + "b201080a06" + "737472696e67" // type
                                + "fa01" + "0b" + "0a03782d61" + "1204" + "1202310a"); // x-a
    }

    @Test
    void writesSchemasWithinSchemas() {
        assertThat(hex(GnosticSchema.encode(Json.read("{\"properties\":{\"p\":{\"$ref\":\"#/x\"}}}"))))
                .isEqualTo("ca010c" + "0a0a" + "0a0170" + "1205" + "0a03232f78");
        assertThat(hex(GnosticSchema.encode(Json.read("{\"items\":{\"format\":\"f\"}}"))))
                .isEqualTo("ba0105" + "0a03" + "120166");
    }

    @Test
    void longTextsHaveLongLengths() {
        ProtobufMessage message = new ProtobufMessage().text(1, "a".repeat(300));
        assertThat(hex(message)).startsWith("0aac02").hasSize(2 * 303);
    }

    private static String hex(ProtobufMessage message) {
        return HexFormat.of().formatHex(message.toBytes());
    }
}
