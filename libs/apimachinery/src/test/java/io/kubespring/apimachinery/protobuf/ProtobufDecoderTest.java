package io.kubespring.apimachinery.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.kubernetes.client.proto.IntStr;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apps;
import io.kubespring.api.error.StatusException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Bodies as typed Go clients send them become the trees that their JSON would give. */
class ProtobufDecoderTest {

    private static ObjectNode decode(String apiVersion, String kind, ByteString raw) {
        var envelope = Runtime.Unknown.newBuilder()
                .setTypeMeta(
                        Runtime.TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind))
                .setRaw(raw)
                .build();
        var body = new ByteArrayOutputStream();
        body.writeBytes("k8s\0".getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(envelope.toByteArray());
        return Protobuf.decode(body.toByteArray());
    }

    @Test
    void embeddedStructsPointersAndSpecialTypes() {
        var container = V1.Container.newBuilder()
                .setName("c")
                .setImage("")
                .setReadinessProbe(V1.Probe.newBuilder()
                        .setHandler(V1.ProbeHandler.newBuilder()
                                .setHttpGet(V1.HTTPGetAction.newBuilder()
                                        .setPort(IntStr.IntOrString.newBuilder()
                                                .setType(1)
                                                .setStrVal("http"))))
                        .setPeriodSeconds(0))
                .setResources(V1.ResourceRequirements.newBuilder()
                        .putLimits(
                                "cpu",
                                io.kubernetes.client.proto.Resource.Quantity.newBuilder()
                                        .setString("100m")
                                        .build()));
        var deployment = V1Apps.Deployment.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder()
                        .setName("web")
                        .setGenerateName("")
                        .setCreationTimestamp(Meta.Time.newBuilder())
                        .putLabels("a", "b"))
                .setSpec(V1Apps.DeploymentSpec.newBuilder()
                        .setReplicas(0)
                        .setMinReadySeconds(0)
                        .setTemplate(V1.PodTemplateSpec.newBuilder()
                                .setSpec(V1.PodSpec.newBuilder()
                                        .addContainers(container)
                                        .addVolumes(V1.Volume.newBuilder()
                                                .setName("v")
                                                .setVolumeSource(V1.VolumeSource.newBuilder()
                                                        .setEmptyDir(V1.EmptyDirVolumeSource.newBuilder()))))))
                .build();
        ObjectNode tree = decode("apps/v1", "Deployment", deployment.toByteString());
        assertThat(tree.at("/kind").asString()).isEqualTo("Deployment");
        assertThat(tree.at("/metadata").propertyNames()).containsExactlyInAnyOrder("name", "labels");
        assertThat(tree.at("/spec/replicas").asInt(-1)).isZero();
        assertThat(tree.at("/spec").has("minReadySeconds")).isFalse();
        assertThat(tree.at("/spec/template/spec/volumes/0/emptyDir").isObject()).isTrue();
        assertThat(tree.at("/spec/template/spec/containers/0/readinessProbe/httpGet/port")
                        .asString())
                .isEqualTo("http");
        assertThat(tree.at("/spec/template/spec/containers/0/resources/limits/cpu")
                        .asString())
                .isEqualTo("100m");
        assertThat(tree.at("/spec/template/spec/containers/0").has("image")).isFalse();
    }

    @Test
    void bytesAreBase64() {
        var secret = V1.Secret.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder().setName("s"))
                .putData("k", ByteString.copyFromUtf8("value"))
                .build();
        ObjectNode tree = decode("v1", "Secret", secret.toByteString());
        assertThat(tree.at("/data/k").asString()).isEqualTo("dmFsdWU=");
    }

    @Test
    void timesAreText() {
        var pod = V1.Pod.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder()
                        .setCreationTimestamp(Meta.Time.newBuilder().setSeconds(1_000_000_000)))
                .build();
        ObjectNode tree = decode("v1", "Pod", pod.toByteString());
        assertThat(tree.at("/metadata/creationTimestamp").asString()).isEqualTo("2001-09-09T01:46:40Z");
    }

    @Test
    void anythingElseIsABadRequest() {
        assertThatThrownBy(() -> Protobuf.decode("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(StatusException.class)
                .hasMessageContaining("does not appear to be a protobuf message");
        assertThatThrownBy(() -> decode("nope/v1", "Thing", ByteString.EMPTY))
                .hasMessageContaining("no kind \"Thing\" is registered for version \"nope/v1\"");
        assertThatThrownBy(() -> decode("v1", "Pod", ByteString.copyFromUtf8("garbage")))
                .isInstanceOf(StatusException.class);
    }
}
