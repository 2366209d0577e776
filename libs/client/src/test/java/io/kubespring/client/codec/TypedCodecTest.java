package io.kubespring.client.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TypedCodecTest {

    private static final String POD = """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","managedFields":[{"manager":"kubectl",
        "operation":"Apply","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:labels":{".":{},"f:app":{}}},
        "f:spec":{"f:containers":{"k:{\\"name\\":\\"main\\"}":{".":{},"f:image":{}}}}}}]},
        "spec":{"containers":[{"name":"main","image":"busybox"}]}}
        """;

    private final TypedCodec<Pod> codec = new TypedCodec<>(Pod.class);

    @Test
    void managedFieldsAreReadAndWrittenAsTheyAre() {
        Pod pod = codec.read(POD.getBytes(StandardCharsets.UTF_8));
        assertThat(pod.getMetadata().getName()).isEqualTo("web");
        assertThat(Json.readObject(codec.write(pod)).path("metadata").path("managedFields"))
                .isEqualTo(Json.read(POD).path("metadata").path("managedFields"));
        assertThat(codec.fromTree(Json.read(POD))).isEqualTo(pod);
    }
}
