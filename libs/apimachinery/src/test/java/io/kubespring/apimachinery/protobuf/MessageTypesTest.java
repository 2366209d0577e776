package io.kubespring.apimachinery.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The compact facts of messages say what the official client's descriptors say. */
class MessageTypesTest {

    /** What the client knows of the next version of Kubernetes already. */
    private static final Set<String> LATER = Set.of(
            "autoscaling.v1.HorizontalPodAutoscalerCondition.observedGeneration",
            "autoscaling.v2.HorizontalPodAutoscalerCondition.observedGeneration");

    @Test
    void everyMessageHasTheOfficialFields() {
        List<String> differences = new ArrayList<>();
        Descriptors.files()
                .forEach((label, file) -> file.getMessageTypes()
                        .forEach(each -> compare(label + "." + each.getName(), each, differences)));
        assertThat(differences).isEmpty();
    }

    private static void compare(String name, Descriptor descriptor, List<String> differences) {
        MessageType type;
        try {
            type = MessageTypes.get().named(name);
        } catch (IllegalArgumentException missing) {
            differences.add(name + " is missing");
            return;
        }
        for (FieldDescriptor each : descriptor.getFields()) {
            if (LATER.contains(name + "." + each.getName())) {
                continue;
            }
            int index = type.find(each.getNumber());
            String where = name + "." + each.getName();
            if (index < 0) {
                differences.add(where + " is missing");
            } else if (!typeOf(each).equals(type.field(index).type())) {
                differences.add(where + " is " + typeOf(each));
            } else if (each.isRepeated() != repeated(type.field(index))) {
                differences.add(where + " is repeated: " + each.isRepeated());
            }
        }
        for (int i = 0; i < type.size(); i++) {
            if (descriptor.findFieldByNumber(type.field(i).number()) == null) {
                differences.add(name + "." + type.field(i).jsonName() + " is not official");
            }
        }
    }

    private static boolean repeated(Field field) {
        return field.repetition() == Field.Repetition.LIST || field.repetition() == Field.Repetition.MAP;
    }

    private static Field.Type typeOf(FieldDescriptor field) {
        FieldDescriptor value = field.isMapField() ? field.getMessageType().findFieldByNumber(2) : field;
        return switch (value.getJavaType()) {
            case INT, LONG -> Field.Type.INTEGER;
            case BOOLEAN -> Field.Type.FLAG;
            case STRING -> Field.Type.TEXT;
            case BYTE_STRING -> Field.Type.BYTES;
            case DOUBLE -> Field.Type.DOUBLE;
            case MESSAGE -> Field.Type.MESSAGE;
            case FLOAT, ENUM -> throw new AssertionError(field.getFullName());
        };
    }

    @Test
    void kindsAreFoundByTheirVersions() {
        Map<String, String> versions = Map.of(
                "v1", "Pod",
                "apps/v1", "Deployment",
                "rbac.authorization.k8s.io/v1", "Role",
                "apiregistration.k8s.io/v1", "APIService",
                "policy/v1", "DeleteOptions",
                "meta.k8s.io/v1", "PartialObjectMetadataList");
        versions.forEach((version, kind) -> assertThat(MessageTypes.get().ofKind(version, kind))
                .as(version + " " + kind)
                .isNotNull());
        assertThat(MessageTypes.get().ofKind("meta.k8s.io/v1", "Table")).isNull();
        assertThat(MessageTypes.get().ofKind("example.com/v1", "Widget")).isNull();
    }

    @Test
    void fieldsAreFoundByNameAndNumber() {
        MessageType spec = Objects.requireNonNull(MessageTypes.get().ofKind("v1", "PodSpec"));
        for (int i = 0; i < spec.size(); i++) {
            byte[] name = spec.field(i).jsonBytes();
            assertThat(spec.find(name, 0, name.length)).isEqualTo(i);
            assertThat(spec.find(spec.field(i).number())).isEqualTo(i);
        }
        assertThat(spec.find(new byte[0], 0, 0)).isEqualTo(-1);
        assertThat(spec.find(9999)).isEqualTo(-1);
        assertThat(spec.find(0)).isEqualTo(-1);
    }
}
