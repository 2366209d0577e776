package io.kubespring.kinds.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.FieldError;
import io.kubespring.api.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class ObjectMetaValidationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "v1 | Widget | {} | metadata.name: Required value: name or generateName is required",
                "v1 | Widget | {\"name\":\"Up\"} | metadata.name: Invalid value: \"Up\": a lowercase RFC 1123"
                        + " subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and"
                        + " end with an alphanumeric character (e.g. 'example.com', regex used for validation is"
                        + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
                "v1 | Namespace | {\"name\":\"a.b\"} | metadata.name: Invalid value: \"a.b\": must not contain dots",
                "rbac.authorization.k8s.io/v1 | Role | {\"name\":\"system:a\"} | ``",
                "rbac.authorization.k8s.io/v1 | Role | {\"name\":\"a/b\"}"
                        + " | metadata.name: Invalid value: \"a/b\": may not contain '/'",
                "v1 | Widget | {\"name\":\"a\",\"labels\":{\"-k\":\"v\"}} | metadata.labels: Invalid value: \"-k\":"
                        + " name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end"
                        + " with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
                        + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
                "v1 | Widget | {\"name\":\"a\",\"labels\":{\"k\":\"v!\"}} | metadata.labels: Invalid value: \"v!\": a"
                        + " valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.',"
                        + " and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or"
                        + " '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
                "v1 | Widget |"
                        + " {\"name\":\"a\",\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"p\"}]}"
                        + " | metadata.ownerReferences.uid: Invalid value: \"\": must not be empty",
                "v1 | Widget | {\"name\":\"a-x\",\"generateName\":\"a-\"} | ``",
            })
    void create(String apiVersion, String kind, String metadata, String expected) {
        assertThat(texts(Validation.create(GroupVersionKind.of(apiVersion, kind), object(metadata))))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @Test
    void annotationsAreLimitedInSum() {
        ObjectNode object = object("{\"name\":\"a\"}");
        ((ObjectNode) object.get("metadata")).putObject("annotations").put("k", "x".repeat(262_144));
        assertThat(texts(Validation.create(GroupVersionKind.of("v1", "Widget"), object)))
                .containsExactly("metadata.annotations: Too long: may not be more than 262144 bytes");
    }

    @Test
    void identityIsImmutable() {
        assertThat(texts(Validation.update(
                        GroupVersionKind.of("v1", "Widget"),
                        object("{\"name\":\"b\",\"uid\":\"1\"}"),
                        object("{\"name\":\"a\",\"uid\":\"1\"}"))))
                .containsExactly("metadata.name: Invalid value: \"b\": field is immutable");
    }

    @ParameterizedTest
    @CsvSource({"v1,ConfigMap", "apps/v1,Deployment", "storage.k8s.io/v1,StorageClass"})
    void finalizersOfMostKindsAreKnownOrHaveADomain(String apiVersion, String kind) {
        String metadata = "{\"name\":\"a\",\"finalizers\":[\"orphan\",\"kubernetes\",\"x/a\",\"mine\"]}";

        assertThat(texts(Validation.create(GroupVersionKind.of(apiVersion, kind), object(metadata))))
                .contains(
                        "metadata.finalizers[3]: Invalid value: \"mine\": name is neither a standard finalizer name nor"
                                + " is it fully qualified")
                .filteredOn(each -> each.startsWith("metadata.finalizers"))
                .hasSize(1);
        assertThat(texts(Validation.create(GroupVersionKind.of("example.com/v1", "Widget"), object(metadata))))
                .isEmpty();
    }

    @Test
    void aDyingObjectTakesNoNewFinalizers() {
        String dying = "{\"name\":\"a\",\"deletionTimestamp\":\"2026-01-01T00:00:00Z\",\"finalizers\":[\"x/a\"%s]}";
        assertThat(texts(Validation.update(
                        GroupVersionKind.of("v1", "Widget"),
                        object(dying.formatted(",\"x/b\"")),
                        object(dying.formatted("")))))
                .containsExactly("metadata.finalizers: Forbidden: no new finalizers can be added if the object is being"
                        + " deleted, found new finalizers []string{\"x/b\"}");
    }

    private static ObjectNode object(String metadata) {
        return (ObjectNode) Json.read("{\"metadata\":" + metadata + "}");
    }

    private static List<String> texts(List<FieldError> errors) {
        return errors.stream().map(FieldError::toString).toList();
    }
}
