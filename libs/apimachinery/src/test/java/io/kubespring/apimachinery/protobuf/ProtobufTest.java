package io.kubespring.apimachinery.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.api.schema.BuiltInSchemas;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is written is what Go's generated code writes; what is read is what JSON would have said. */
class ProtobufTest {

    static List<ResourceType> resources() {
        return Catalog.builtIn().all();
    }

    @ParameterizedTest
    @MethodSource("resources")
    void everyFieldOfEveryKindSurvives(ResourceType type) {
        ObjectNode object = FilledObjects.of(type);
        byte[] encoded = Protobuf.encode(
                Json.write(object), type.apiVersion(), type.kind().kind());
        assertThat(difference("", object, Protobuf.decode(encoded))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "v1,DeleteOptions,meta.v1",
        "policy/v1,Eviction,policy.v1",
        "autoscaling/v1,Scale,autoscaling.v1",
        "authentication.k8s.io/v1,TokenRequest,authentication.v1",
        "v1,Binding,core.v1",
        "v1,Status,meta.v1"
    })
    void bodiesAndAnswersThatAreNoResourcesSurvive(String apiVersion, String kind) {
        String definition = apiVersion.equals("v1") && !kind.equals("Binding")
                ? "io.k8s.apimachinery.pkg.apis.meta.v1." + kind
                : Objects.requireNonNull(BuiltInSchemas.get().nameOf(GroupVersionKind.of(apiVersion, kind)));
        ObjectNode object = FilledObjects.of(BuiltInSchemas.get().definition(definition));
        object.put("apiVersion", apiVersion).put("kind", kind);
        byte[] encoded = Protobuf.encode(Json.write(object), apiVersion, kind);
        assertThat(difference("", object, Protobuf.decode(encoded))).isEmpty();
    }

    /** The official client knows every field, and writes them again in the same order and length. */
    @ParameterizedTest
    @MethodSource("resources")
    void theOfficialClientReadsTheSameBytes(ResourceType type) throws InvalidProtocolBufferException {
        String kind = type.kind().kind();
        var descriptor =
                Descriptors.of(Objects.requireNonNull(MessageTypes.get().ofKind(type.apiVersion(), kind))
                        .name());
        if (descriptor == null) {
            assertThat(type.kind().group()).isEqualTo("apiregistration.k8s.io");
            return;
        }
        byte[] message = Protobuf.message(Json.write(FilledObjects.of(type)), type.apiVersion(), kind);
        DynamicMessage read = DynamicMessage.parseFrom(descriptor, message);
        assertThat(read.getUnknownFields().asMap()).isEmpty();
        assertThat(read.toByteArray()).isEqualTo(message);
    }

    /** Where two trees differ first, and how; empty if they do not. */
    private static String difference(String path, JsonNode one, JsonNode other) {
        if (one.isContainer() && one.isObject() == other.isObject() && one.size() == other.size()) {
            if (one.isObject()) {
                for (String each : one.propertyNames()) {
                    String inner = difference(path + "." + each, one.path(each), other.path(each));
                    if (!inner.isEmpty()) {
                        return inner;
                    }
                }
                return "";
            }
            for (int i = 0; i < one.size(); i++) {
                String inner = difference(path + "[" + i + "]", one.path(i), other.path(i));
                if (!inner.isEmpty()) {
                    return inner;
                }
            }
            return "";
        }
        return one.toString().equals(other.toString()) ? "" : path + ": " + one + " became " + other;
    }

    @Test
    void whatIsNoPointerInGoIsWrittenAlsoWhenNobodySetIt() {
        byte[] message = Protobuf.message(json("{'metadata':{'name':'a'},'spec':{}}"), "v1", "Namespace");
        String metadata = "0a0161" + "1200" + "1a00" + "2200" + "2a00" + "3200" + "3800" + "4200";
        assertThat(hex(message)).isEqualTo("0a11" + metadata + "1200" + "1a02" + "0a00");
    }

    @Test
    void pointersAreWrittenWhenTheyAreSetEvenToZero() {
        byte[] absent = Protobuf.message(json("{'kind':'x','gracePeriodSeconds':null}"), "v1", "DeleteOptions");
        assertThat(absent).isEmpty();
        byte[] zero = Protobuf.message(json("{'gracePeriodSeconds':0}"), "v1", "DeleteOptions");
        assertThat(hex(zero)).isEqualTo("0800");
        assertThat(Protobuf.decode(Protobuf.encode(json("{'gracePeriodSeconds':0}"), "v1", "DeleteOptions")))
                .hasToString("{\"gracePeriodSeconds\":0,\"apiVersion\":\"v1\",\"kind\":\"DeleteOptions\"}");
    }

    @Test
    void mapsAreSortedByKey() {
        byte[] message = Protobuf.message(json("{'data':{'b':'2','a':'1','':''}}"), "v1", "ConfigMap");
        assertThat(hex(message)).endsWith("12040a001200" + "12060a0161120131" + "12060a0162120132");
    }

    @Test
    void theEnvelopeNamesTheKind() {
        byte[] encoded = Protobuf.encode(json("{}"), "policy/v1", "Eviction");
        assertThat(new String(encoded, StandardCharsets.ISO_8859_1))
                .startsWith("k8s\0\n\u0015\n\tpolicy/v1\u0012\bEviction\u0012");
        assertThat(Arrays.copyOfRange(encoded, encoded.length - 4, encoded.length))
                .containsExactly(0x1a, 0, 0x22, 0);
        byte[] message = Protobuf.message(json("{}"), "policy/v1", "Eviction");
        byte[] start = Protobuf.envelopeStart(message.length, "policy/v1", "Eviction");
        assertThat(hex(encoded)).isEqualTo(hex(start) + hex(message) + hex(Protobuf.envelopeEnd()));
    }

    @Test
    void escapesLongTextsAndManyKeysAreWritten() {
        ObjectNode map = Json.object();
        ObjectNode data = map.putObject("data");
        for (int i = 199; i >= 0; i--) {
            data.put("k\"\\/\u0001é😀" + i, "v".repeat(i * 10) + "\t\u2028");
        }
        byte[] encoded = Protobuf.encode(Json.write(map), "v1", "ConfigMap");
        assertThat(difference("", data, Protobuf.decode(encoded).path("data"))).isEmpty();
    }

    @Test
    void zerosThatJsonShowsAreKeptAndOthersAreNot() {
        ObjectNode pod = Json.readObject(json(
                "{'metadata':{},'spec':{'containers':[{'name':'c'}]},'status':{'containerStatuses':[{'name':'c'}]}}"));
        ObjectNode back = Protobuf.decode(Protobuf.encode(Json.write(pod), "v1", "Pod"));
        assertThat(back.at("/spec/containers/0")).hasToString("{\"name\":\"c\",\"resources\":{}}");
        assertThat(back.at("/status/containerStatuses/0/ready").asBoolean(true)).isFalse();
        assertThat(back.at("/status/containerStatuses/0/restartCount").isNumber())
                .isTrue();
        assertThat(back.path("metadata").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'',expected prefix [107 56 115 0]",
        "7b7d,expected prefix [107 56 115 0]",
        "6b387300,no kind \"\" is registered",
        "6b387300ff,unexpected EOF",
        "6b3873000a050a027631ff,unexpected EOF",
        "6b3873000a090a0276311203506f641203080101,wrong wireType = 0 for field Metadata of Pod"
    })
    void garbageIsABadRequest(String hex, String message) {
        assertThatThrownBy(() -> Protobuf.decode(HexFormat.of().parseHex(hex)))
                .isInstanceOfSatisfying(
                        StatusException.class,
                        refused -> assertThat(refused.code()).isEqualTo(400))
                .hasMessageContaining(message);
    }

    @Test
    void anEndlessNestingIsRefused() {
        ByteString nested = ByteString.EMPTY;
        for (int i = 0; i < 2_000; i++) {
            nested = ByteString.copyFrom(Protobuf.delimiter(28, nested.size())).concat(nested);
        }
        byte[] spec = ByteString.copyFrom(Protobuf.delimiter(1, nested.size()))
                .concat(nested)
                .toByteArray();
        var decoder = new ProtobufDecoder(new WireReader(spec, 0));
        MessageType type = MessageTypes.get().named("apiextensions.v1.CustomResourceValidation");
        assertThatThrownBy(() -> decoder.object(type, spec.length)).hasMessage("exceeded max depth");
    }

    @ParameterizedTest
    @CsvSource({"1h2m3.5s,1h2m3.5s", "90s,1m30s", "250ms,250ms", "1.5h,1h30m0s", "0,0s", "-5us,-5µs", "7ns,7ns"})
    void durations(String text, String back) {
        assertThat(GoDuration.format(GoDuration.parse(text))).isEqualTo(back);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z,2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.123456789+02:00,2026-01-02T01:04:05.123456789Z",
        "0001-01-01T00:00:00Z,0001-01-01T00:00:00Z"
    })
    void times(String text, String instant) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(Rfc3339.parse(bytes, 0, bytes.length)).hasToString(instant);
    }

    private static byte[] json(String singleQuoted) {
        return singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
