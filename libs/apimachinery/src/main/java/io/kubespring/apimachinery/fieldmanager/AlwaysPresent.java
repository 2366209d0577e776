package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.schema.Schema;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Fields of built-in kinds that upstream's typed objects always carry, with a zero value at least. Nobody adds or
 * removes such a field, so nobody owns it as such ({@code f:spec} has no "." below it, {@code f:labels} has).
 */
final class AlwaysPresent {

    private static final Set<String> TOP_LEVEL = Set.of("metadata", "spec", "status");

    /** Optional structs that upstream's types hold by value, by definition and field. */
    private static final Set<String> STRUCTS = Set.of(
            "ReplicaSetSpec.template",
            "PodTemplate.template",
            "DeploymentSpec.strategy",
            "StatefulSetSpec.updateStrategy",
            "DaemonSetSpec.updateStrategy",
            "Container.resources",
            "EphemeralContainer.resources",
            "PersistentVolumeClaimSpec.resources",
            "ServiceStatus.loadBalancer",
            "IngressStatus.loadBalancer",
            "IngressServiceBackend.port",
            "NetworkPolicySpec.podSelector",
            "Endpoint.conditions",
            "NodeStatus.daemonEndpoints",
            "NodeStatus.nodeInfo",
            "NodeDaemonEndpoints.kubeletEndpoint",
            "ContainerStatus.state",
            "ContainerStatus.lastState",
            "Event.source",
            "Event.regarding",
            "Event.deprecatedSource",
            "AllocationResult.devices",
            "ResourceClaimSpec.devices",
            "LimitedPriorityLevelConfiguration.limitResponse");

    private AlwaysPresent() {}

    /** What stands for an absent field: its zero value if it is always there, else null. */
    static @Nullable JsonNode zero(@Nullable Schema owner, String field) {
        if (owner == null || !owner.name().startsWith("io.k8s.")) {
            return null;
        }
        if (!owner.required().contains(field) && !TOP_LEVEL.contains(field) && !holdsByValue(owner, field)) {
            return null;
        }
        Schema schema = owner.property(field);
        if (schema == null || schema.intOrString()) {
            return null;
        }
        return switch (schema.type()) {
            case OBJECT -> schema.additionalProperties() == null ? JsonNodeFactory.instance.objectNode() : null;
            case ARRAY -> JsonNodeFactory.instance.nullNode();
            case STRING -> JsonNodeFactory.instance.stringNode("");
            case INTEGER, NUMBER -> JsonNodeFactory.instance.numberNode(0);
            case BOOLEAN -> JsonNodeFactory.instance.booleanNode(false);
            case ANY -> null;
        };
    }

    private static boolean holdsByValue(Schema owner, String field) {
        String definition = owner.name().substring(owner.name().lastIndexOf('.') + 1);
        return STRUCTS.contains(definition + "." + field);
    }
}
