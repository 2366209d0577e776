package io.kubespring.apiserver.admission.plugins;

import io.kubespring.api.GroupResource;
import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import io.kubespring.apiserver.admission.AdmissionPlugin;
import io.kubespring.apiserver.authorization.ObjectSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Upstream's Priority plugin: a pod's priority and preemption policy come from its PriorityClass (or the cluster's default
 * class, or are 0), never from the pod itself. Only one class is the default.
 */
final class PriorityAdmission implements AdmissionPlugin {

    private static final GroupResource CLASSES = new GroupResource("scheduling.k8s.io", "priorityclasses");
    private static final String PREEMPT = "PreemptLowerPriority";

    private record Resolved(String className, int value, String preemptionPolicy) {}

    /** The default as of a state of the classes, by that state's token. */
    private record Default(Object token, Resolved priority) {}

    private final ObjectSource objects;
    private volatile @Nullable Default latest;

    PriorityAdmission(ObjectSource objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return "Priority";
    }

    @Override
    public boolean handles(AdmissionAttributes attributes) {
        boolean written = attributes.operation() == Operation.CREATE || attributes.operation() == Operation.UPDATE;
        return written
                && (attributes.isCore("pods")
                        || attributes.resource().equals(CLASSES)
                                && attributes.subresource().isEmpty());
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode object, @Nullable ObjectNode old) {
        if (!attributes.isCore("pods")) {
            return;
        }
        ObjectNode spec = object.withObjectProperty("spec");
        if (attributes.operation() == Operation.CREATE) {
            resolve(attributes, spec);
        } else if (old != null) {
            keep(spec, old.path("spec"), "priority");
            keep(spec, old.path("spec"), "preemptionPolicy");
        }
    }

    /** An update that leaves the field out does not mean to remove it. */
    private static void keep(ObjectNode spec, JsonNode oldSpec, String field) {
        if (!spec.has(field) && oldSpec.has(field)) {
            spec.set(field, oldSpec.path(field));
        }
    }

    private void resolve(AdmissionAttributes attributes, ObjectNode spec) {
        String className = Trees.text(spec, "priorityClassName");
        Resolved resolved = className.isEmpty() ? defaultPriority() : byName(attributes, className);
        if (!resolved.className().isEmpty()) {
            spec.put("priorityClassName", resolved.className());
        }
        if (spec.has("priority") && spec.path("priority").asInt(0) != resolved.value()) {
            throw Refusal.of(
                    attributes,
                    "the integer value of priority (" + spec.path("priority").asInt(0)
                            + ") must not be provided in pod spec; priority admission controller computed "
                            + resolved.value() + " from the given PriorityClass name");
        }
        spec.put("priority", resolved.value());
        String policy = Trees.text(spec, "preemptionPolicy");
        if (!policy.isEmpty() && !policy.equals(resolved.preemptionPolicy())) {
            throw Refusal.of(
                    attributes,
                    "the string value of PreemptionPolicy (" + policy
                            + ") must not be provided in pod spec; priority admission controller computed "
                            + resolved.preemptionPolicy() + " from the given PriorityClass name");
        }
        spec.put("preemptionPolicy", resolved.preemptionPolicy());
    }

    private Resolved byName(AdmissionAttributes attributes, String name) {
        ObjectSource.Item item = objects.get(CLASSES, "", name);
        if (item == null) {
            throw Refusal.of(attributes, "no PriorityClass with name " + name + " was found");
        }
        return resolved(item.tree());
    }

    private Resolved defaultPriority() {
        Object token = objects.changeToken(CLASSES);
        Default known = latest;
        if (known == null || !known.token().equals(token)) {
            known = new Default(token, lowestDefault());
            latest = known;
        }
        return known.priority();
    }

    /** Of several defaults, which a race may leave behind, the lowest counts. */
    private Resolved lowestDefault() {
        Resolved lowest = null;
        for (ObjectSource.Item item : objects.list(CLASSES, null)) {
            JsonNode tree = item.tree();
            if (tree.path("globalDefault").asBoolean(false)) {
                Resolved candidate = resolved(tree);
                lowest = lowest == null || candidate.value() < lowest.value() ? candidate : lowest;
            }
        }
        return lowest == null ? new Resolved("", 0, PREEMPT) : lowest;
    }

    private static Resolved resolved(JsonNode priorityClass) {
        String policy = Trees.text(priorityClass, "preemptionPolicy");
        return new Resolved(
                Trees.text(priorityClass.path("metadata"), "name"),
                priorityClass.path("value").asInt(0),
                policy.isEmpty() ? PREEMPT : policy);
    }

    @Override
    public void validate(AdmissionAttributes attributes, @Nullable ObjectNode object, @Nullable ObjectNode old) {
        if (object == null
                || !attributes.resource().equals(CLASSES)
                || !object.path("globalDefault").asBoolean(false)) {
            return;
        }
        for (ObjectSource.Item item : objects.list(CLASSES, null)) {
            if (!item.name().equals(Trees.text(object.path("metadata"), "name"))
                    && item.tree().path("globalDefault").asBoolean(false)) {
                throw Refusal.of(
                        attributes,
                        "PriorityClass " + item.name() + " is already marked as default. Only one default can exist");
            }
        }
    }
}
