package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.schema.Schema;
import java.util.Map;
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

    /** Optional structs that upstream's types hold by value, by definition. */
    private static final Map<String, Set<String>> STRUCTS = Map.ofEntries(
            Map.entry("ReplicaSetSpec", Set.of("template")),
            Map.entry("PodTemplate", Set.of("template")),
            Map.entry("DeploymentSpec", Set.of("strategy")),
            Map.entry("StatefulSetSpec", Set.of("updateStrategy")),
            Map.entry("DaemonSetSpec", Set.of("updateStrategy")),
            Map.entry("Container", Set.of("resources")),
            Map.entry("EphemeralContainer", Set.of("resources")),
            Map.entry("PersistentVolumeClaimSpec", Set.of("resources")),
            Map.entry("ServiceStatus", Set.of("loadBalancer")),
            Map.entry("IngressStatus", Set.of("loadBalancer")),
            Map.entry("IngressServiceBackend", Set.of("port")),
            Map.entry("NetworkPolicySpec", Set.of("podSelector")),
            Map.entry("Endpoint", Set.of("conditions")),
            Map.entry("NodeStatus", Set.of("daemonEndpoints", "nodeInfo")),
            Map.entry("NodeDaemonEndpoints", Set.of("kubeletEndpoint")),
            Map.entry("ContainerStatus", Set.of("state", "lastState")),
            Map.entry("Event", Set.of("source", "regarding", "deprecatedSource")),
            Map.entry("AllocationResult", Set.of("devices")),
            Map.entry("ResourceClaimSpec", Set.of("devices")),
            Map.entry("LimitedPriorityLevelConfiguration", Set.of("limitResponse")));

    /** Required structs that upstream's types hold by pointer, by definition. */
    private static final Map<String, String> POINTERS = Map.of("IPAddressSpec", "parentRef");

    private AlwaysPresent() {}

    /** What stands for an absent field: its zero value if it is always there, else null. */
    static @Nullable JsonNode zero(@Nullable Schema owner, String field) {
        if (owner == null || !owner.name().startsWith("io.k8s.")) {
            return null;
        }
        if (POINTERS.getOrDefault(owner.simpleName(), "").equals(field)) {
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
            // A set has an owner as such.
            case ARRAY -> schema.listType() == Schema.ListType.SET ? null : JsonNodeFactory.instance.nullNode();
            case STRING -> JsonNodeFactory.instance.stringNode("");
            case INTEGER, NUMBER -> JsonNodeFactory.instance.numberNode(0);
            case BOOLEAN -> JsonNodeFactory.instance.booleanNode(false);
            case ANY -> null;
        };
    }

    private static boolean holdsByValue(Schema owner, String field) {
        return STRUCTS.getOrDefault(owner.simpleName(), Set.of()).contains(field);
    }
}
