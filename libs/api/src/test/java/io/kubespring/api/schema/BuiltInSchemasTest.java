package io.kubespring.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.schema.Schema.ListType;
import io.kubespring.api.schema.Schema.MapType;
import io.kubespring.api.schema.Schema.PatchStrategy;
import io.kubespring.api.schema.Schema.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BuiltInSchemasTest {

    private final BuiltInSchemas schemas = BuiltInSchemas.get();

    @Test
    void readsTypesFormatsAndRequired() {
        Schema spec = schemas.definition("io.k8s.api.apps.v1.DeploymentSpec");
        assertThat(spec.required()).containsExactly("selector", "template");
        assertThat(property(spec, "replicas").type()).isEqualTo(Type.INTEGER);
        assertThat(property(spec, "replicas").format()).isEqualTo("int32");
        assertThat(property(spec, "paused").type()).isEqualTo(Type.BOOLEAN);
    }

    @Test
    void readsHowListsMerge() {
        Schema containers = property(schemas.definition("io.k8s.api.core.v1.PodSpec"), "containers");
        assertThat(containers.listType()).isEqualTo(ListType.MAP);
        assertThat(containers.mapKeys()).containsExactly("name");
        assertThat(containers.patchStrategies()).containsExactly(PatchStrategy.MERGE);
        assertThat(containers.patchMergeKey()).isEqualTo("name");
        Schema ports = property(Objects.requireNonNull(containers.items()), "ports");
        assertThat(ports.mapKeys()).containsExactly("containerPort", "protocol");
        assertThat(ports.patchMergeKey()).isEqualTo("containerPort");
        assertThat(property(Objects.requireNonNull(ports.items()), "protocol").defaultValue())
                .hasToString("\"TCP\"");
        Schema finalizers =
                property(schemas.definition("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"), "finalizers");
        assertThat(finalizers.listType()).isEqualTo(ListType.SET);
        assertThat(property(schemas.definition("io.k8s.api.core.v1.Container"), "command")
                        .listType())
                .isEqualTo(ListType.ATOMIC);
    }

    @Test
    void laysAReferencesOwnDirectivesOverItsDefinition() {
        Schema strategy = property(schemas.definition("io.k8s.api.apps.v1.DeploymentSpec"), "strategy");
        assertThat(strategy.patchStrategies()).containsExactly(PatchStrategy.RETAIN_KEYS);
        assertThat(strategy.propertyNames()).containsExactly("rollingUpdate", "type");
        assertThat(schemas.definition("io.k8s.api.apps.v1.DeploymentStrategy").patchStrategies())
                .isEmpty();
        Schema volumes = property(schemas.definition("io.k8s.api.core.v1.PodSpec"), "volumes");
        assertThat(volumes.patchStrategies()).containsExactlyInAnyOrder(PatchStrategy.MERGE, PatchStrategy.RETAIN_KEYS);
    }

    @Test
    void atomicMapsStayAtomicBehindAReference() {
        Schema selector = property(schemas.definition("io.k8s.api.apps.v1.DeploymentSpec"), "selector");
        assertThat(selector.mapType()).isEqualTo(MapType.ATOMIC);
    }

    @Test
    void knowsValuesThatAreMoreThanTheyLook() {
        Schema rolling = schemas.definition("io.k8s.api.apps.v1.RollingUpdateDeployment");
        assertThat(property(rolling, "maxSurge").intOrString()).isTrue();
        Schema limits = property(schemas.definition("io.k8s.api.core.v1.ResourceRequirements"), "limits");
        assertThat(Objects.requireNonNull(limits.additionalProperties()).format())
                .isEqualTo("quantity");
        Schema data = property(schemas.definition("io.k8s.api.apps.v1.ControllerRevision"), "data");
        assertThat(data.type()).isEqualTo(Type.ANY);
        assertThat(data.preserveUnknown()).isTrue();
    }

    @Test
    void aRecursiveDefinitionIsReachableWithoutEnd() {
        Schema props = schemas.definition("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps");
        assertThat(property(props, "not")).isSameAs(props);
    }

    @Test
    void everyReferenceResolves() {
        Set<Schema> seen = new HashSet<>();
        Deque<Schema> open = new ArrayDeque<>();
        schemas.names().forEach(name -> open.add(schemas.definition(name)));
        while (!open.isEmpty()) {
            Schema next = open.remove();
            if (seen.add(next)) {
                next.propertyNames().forEach(name -> open.add(property(next, name)));
                addIfPresent(open, next.items());
                addIfPresent(open, next.additionalProperties());
                if (next.type() == Type.ARRAY) {
                    assertThat(next.items()).isNotNull();
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(3000);
    }

    @Test
    void findsTheDefinitionOfAKind() {
        assertThat(schemas.nameOf(new GroupVersionKind("apps", "v1", "Deployment")))
                .isEqualTo("io.k8s.api.apps.v1.Deployment");
        assertThat(schemas.ofKind(new GroupVersionKind("", "v1", "PodExecOptions"))
                        .preserveUnknown())
                .isTrue();
    }

    private static void addIfPresent(Deque<Schema> open, @Nullable Schema schema) {
        if (schema != null) {
            open.add(schema);
        }
    }

    private static Schema property(Schema schema, String name) {
        return Objects.requireNonNull(schema.property(name), name);
    }
}
