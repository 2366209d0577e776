package io.kubespring.apimachinery.structural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.api.schema.Schema;
import io.kubespring.apimachinery.decode.ObjectDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class StructuralCheckerTest {

    private static ObjectNode object(String apiVersion, String kind, String rest) {
        return (ObjectNode) Json.read("{\"apiVersion\":\"" + apiVersion + "\",\"kind\":\"" + kind + "\"," + rest + "}");
    }

    private static Schema schema(ObjectNode object) {
        var kind = GroupVersionKind.of(
                object.get("apiVersion").stringValue(), object.get("kind").stringValue());
        return Objects.requireNonNull(Catalog.builtIn().byKind(kind)).schema();
    }

    private static List<String> check(ObjectNode object) {
        return StructuralChecker.check(object, schema(object)).problems();
    }

    @Test
    void unknownFieldsArePrunedAndNamed() {
        ObjectNode deployment = object("apps/v1", "Deployment", """
            "bogus":1,
            "metadata":{"name":"a","labels":{"anything":"goes"},"labelz":{}},
            "spec":{"replicas":1,"foo":{"deep":1},
              "template":{"spec":{"containers":[{"name":"a","imag":"x"},{"name":"b","ports":[{"containerPort":1,"p":2}]}]}}}
            """);

        assertThat(check(deployment))
                .containsExactly(
                        "unknown field \"bogus\"",
                        "unknown field \"metadata.labelz\"",
                        "unknown field \"spec.foo\"",
                        "unknown field \"spec.template.spec.containers[0].imag\"",
                        "unknown field \"spec.template.spec.containers[1].ports[0].p\"");
        assertThat(deployment.toString())
                .isEqualTo("{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\","
                        + "\"metadata\":{\"name\":\"a\",\"labels\":{\"anything\":\"goes\"}},"
                        + "\"spec\":{\"replicas\":1,\"template\":{\"spec\":{\"containers\":["
                        + "{\"name\":\"a\"},{\"name\":\"b\",\"ports\":[{\"containerPort\":1}]}]}}}}");
    }

    @Test
    void unknownAndDuplicateFieldsAreNamedInDocumentOrder() {
        List<String> duplicates = new ArrayList<>();
        ObjectNode deployment =
                ObjectDecoder.parse("""
                    {"apiVersion":"apps/v1","kind":"Deployment","spec":{"unknown1":"a","unknownDupe":"b","unknownDupe":"c",
                    "paused":true,"paused":true,"template":{"spec":{"containers":[
                    {"name":"a","unknownNested":1,"imagePullPolicy":"Always","imagePullPolicy":"Never"}]}}}}
                    """.getBytes(StandardCharsets.UTF_8), "application/json", duplicates);

        assertThat(StructuralChecker.check(
                                deployment,
                                schema(deployment),
                                GroupVersionKind.of("apps/v1", "Deployment"),
                                duplicates)
                        .problems())
                .containsExactly(
                        "unknown field \"spec.unknown1\"",
                        "unknown field \"spec.unknownDupe\"",
                        "duplicate field \"spec.paused\"",
                        "unknown field \"spec.template.spec.containers[0].unknownNested\"",
                        "duplicate field \"spec.template.spec.containers[0].imagePullPolicy\"");
    }

    @Test
    void nullsAreDroppedAndMeanZeroInMaps() {
        ObjectNode configMap = object(
                "v1",
                "ConfigMap",
                "\"data\":{\"a\":null},\"immutable\":null,\"metadata\":{\"creationTimestamp\":null}");

        assertThat(check(configMap)).isEmpty();
        assertThat(configMap.toString())
                .isEqualTo("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"data\":{\"a\":\"\"},\"metadata\":{}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "\"replicas\":\"1\" | json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas"
                        + " of type int32",
                "\"replicas\":1.5 | json: cannot unmarshal number 1.5 into Go struct field"
                        + " DeploymentSpec.spec.replicas of type int32",
                "\"replicas\":3000000000 | json: cannot unmarshal number 3000000000 into Go struct field"
                        + " DeploymentSpec.spec.replicas of type int32",
                "\"paused\":1 | json: cannot unmarshal number into Go struct field DeploymentSpec.spec.paused of type"
                        + " bool",
                "\"selector\":[] | json: cannot unmarshal array into Go struct field DeploymentSpec.spec.selector of"
                        + " type v1.LabelSelector",
                "\"selector\":{\"matchLabels\":{\"a\":1}} | json: cannot unmarshal number into Go struct field"
                        + " LabelSelector.spec.selector.matchLabels of type string",
                "\"template\":{\"spec\":{\"containers\":{}}} | json: cannot unmarshal object into Go struct field"
                        + " PodSpec.spec.template.spec.containers of type []v1.Container",
                "\"template\":{\"spec\":{\"containers\":[{\"image\":{}}]}} | json: cannot unmarshal object into Go"
                        + " struct field Container.spec.template.spec.containers.image of type string",
                "\"strategy\":{\"rollingUpdate\":{\"maxSurge\":true}} | json: cannot unmarshal bool into Go value of"
                        + " type int32",
                "\"template\":{\"metadata\":{\"creationTimestamp\":\"soon\"}} | parsing time \"soon\" as"
                        + " \"2006-01-02T15:04:05Z07:00\": cannot parse \"soon\" as \"2006\"",
                "\"template\":{\"spec\":{\"containers\":[{\"resources\":{\"limits\":{\"cpu\":\"lots\"}}}]}} |"
                        + " quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
            })
    void wrongTypesAreRefusedAsUpstreamsDecoderDoes(String spec, String expected) {
        ObjectNode deployment = object("apps/v1", "Deployment", "\"spec\":{" + spec + "}");

        assertThatThrownBy(() -> check(deployment))
                .isInstanceOf(StatusException.class)
                .hasMessage("Deployment in version \"v1\" cannot be handled as a Deployment: " + expected);
    }

    @Test
    void secretDataMustBeBase64() {
        assertThat(check(object("v1", "Secret", "\"data\":{\"a\":\"aGVsbG8=\",\"b\":\"\"}")))
                .isEmpty();
        ObjectNode bad = object("v1", "Secret", "\"data\":{\"a\":\"he%lo\"}");
        assertThatThrownBy(() -> check(bad))
                .hasMessage(
                        "Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data at input byte 2");
    }

    @Test
    void quantitiesMayBeNumbersAreKeptCanonicalAndPortsMayBeNames() {
        ObjectNode pod = object("v1", "Pod", """
            "spec":{"containers":[{"name":"a","resources":{"limits":{"cpu":1,"memory":0.5,"storage":"1024Mi"}},
            "livenessProbe":{"httpGet":{"port":"web"}},"readinessProbe":{"httpGet":{"port":80}}}]}
            """);

        assertThat(check(pod)).isEmpty();
        assertThat(pod.at("/spec/containers/0/resources/limits").toString())
                .isEqualTo("{\"cpu\":\"1\",\"memory\":\"500m\",\"storage\":\"1Gi\"}");
    }

    @Test
    void defaultsFillWhatIsAbsentAndWalkIntoWhatTheyPut() {
        Schema inner = Schema.builder(Schema.Type.OBJECT)
                .property(
                        "port",
                        Schema.builder(Schema.Type.INTEGER)
                                .defaultValue(Json.read("80"))
                                .build())
                .build();
        Schema schema = Schema.builder(Schema.Type.OBJECT)
                .property(
                        "one",
                        Schema.builder(Schema.Type.OBJECT)
                                .defaultValue(Json.object())
                                .property("inner", inner)
                                .property("port", Objects.requireNonNull(inner.property("port")))
                                .build())
                .property(
                        "many",
                        Schema.builder(Schema.Type.ARRAY).items(() -> inner).build())
                .build();
        var object = (ObjectNode) Json.read("{\"many\":[{},{\"port\":1},{\"port\":null}]}");

        Defaulter.applyDefaults(object, schema);

        assertThat(object.toString())
                .isEqualTo("{\"many\":[{\"port\":80},{\"port\":1},{\"port\":80}],\"one\":{\"port\":80}}");
    }
}
