package io.kubespring.apiserver.admission.plugins;

import io.kubespring.api.GroupResource;
import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import io.kubespring.apiserver.admission.AdmissionPlugin;
import io.kubespring.apiserver.admission.limits.Quantities;
import io.kubespring.apiserver.authorization.ObjectSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Upstream's RuntimeClass plugin (KEP-688): a pod's class must be there, gives the pod its overhead, and sends it to the
 * nodes that have the runtime. A pod has no overhead but its class's.
 */
final class RuntimeClassAdmission implements AdmissionPlugin {

    private static final GroupResource CLASSES = new GroupResource("node.k8s.io", "runtimeclasses");

    private final ObjectSource objects;

    RuntimeClassAdmission(ObjectSource objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return "RuntimeClass";
    }

    @Override
    public boolean handles(AdmissionAttributes attributes) {
        return attributes.operation() == Operation.CREATE && attributes.isCore("pods");
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode pod, @Nullable ObjectNode old) {
        ObjectNode spec = pod.withObjectProperty("spec");
        JsonNode runtimeClass = classOf(attributes, spec);
        if (runtimeClass == null) {
            return;
        }
        Quantities amounts = overheadOf(runtimeClass);
        if (runtimeClass.has("overhead")) {
            if (!Trees.isEmpty(spec, "overhead") && !amounts.sameAs(Quantities.of(spec.path("overhead")))) {
                throw mismatch(attributes);
            }
            spec.set("overhead", runtimeClass.path("overhead").path("podFixed").deepCopy());
        }
        JsonNode scheduling = runtimeClass.path("scheduling");
        selectNodes(attributes, spec, scheduling.path("nodeSelector"));
        if (!Trees.isEmpty(scheduling, "tolerations")) {
            Tolerations.merge(spec, scheduling.path("tolerations"));
        }
    }

    @Override
    public void validate(AdmissionAttributes attributes, @Nullable ObjectNode pod, @Nullable ObjectNode old) {
        if (pod == null) {
            return;
        }
        JsonNode runtimeClass = classOf(attributes, pod.path("spec"));
        JsonNode given = pod.path("spec").path("overhead");
        if (runtimeClass != null && runtimeClass.has("overhead")) {
            if (!overheadOf(runtimeClass).sameAs(Quantities.of(given))) {
                throw mismatch(attributes);
            }
        } else if (!given.isMissingNode()) {
            throw Refusal.of(
                    attributes, "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
        }
    }

    private @Nullable JsonNode classOf(AdmissionAttributes attributes, JsonNode spec) {
        if (!spec.has("runtimeClassName")) {
            return null;
        }
        String name = Trees.text(spec, "runtimeClassName");
        ObjectSource.Item found = objects.get(CLASSES, "", name);
        if (found == null) {
            throw Refusal.of(attributes, "pod rejected: RuntimeClass \"" + name + "\" not found");
        }
        return found.tree();
    }

    private static void selectNodes(AdmissionAttributes attributes, ObjectNode spec, JsonNode wanted) {
        for (Map.Entry<String, JsonNode> label : wanted.properties()) {
            String key = label.getKey();
            String value = label.getValue().asString("");
            ObjectNode selector = spec.withObjectProperty("nodeSelector");
            if (selector.has(key) && !Trees.text(selector, key).equals(value)) {
                throw Refusal.of(
                        attributes,
                        "conflict: runtimeClass.scheduling.nodeSelector[" + key + "] = " + value
                                + "; pod.spec.nodeSelector[" + key + "] = " + Trees.text(selector, key));
            }
            selector.put(key, value);
        }
    }

    private static Quantities overheadOf(JsonNode runtimeClass) {
        return Quantities.of(runtimeClass.path("overhead").path("podFixed"));
    }

    private static RuntimeException mismatch(AdmissionAttributes attributes) {
        return Refusal.of(attributes, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
    }
}
