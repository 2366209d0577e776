package io.kubespring.apiserver.admission.limits;

import io.kubespring.api.GroupResource;
import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import io.kubespring.apiserver.admission.AdmissionPlugin;
import io.kubespring.apiserver.authorization.ObjectSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Upstream's LimitRanger: new pods and claims keep within the bounds of their namespace's LimitRanges; containers that say
 * nothing get the defaults. Bounds of every LimitRange hold together.
 */
public final class LimitRanger implements AdmissionPlugin {

    private static final GroupResource LIMIT_RANGES = new GroupResource("", "limitranges");

    private final ObjectSource objects;

    public LimitRanger(ObjectSource objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return "LimitRanger";
    }

    @Override
    public boolean handles(AdmissionAttributes attributes) {
        return switch (attributes.operation()) {
            case CREATE -> attributes.isCore("pods") || attributes.isCore("persistentvolumeclaims");
            case UPDATE -> attributes.isCore("persistentvolumeclaims");
            case DELETE, CONNECT -> false;
        };
    }

    private List<LimitRule> rules(String namespace) {
        var rules = new ArrayList<LimitRule>();
        for (ObjectSource.Item item : objects.list(LIMIT_RANGES, namespace)) {
            rules.addAll(LimitRule.parse(item.tree()));
        }
        return rules;
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode object, @Nullable ObjectNode old) {
        if (attributes.operation() == Operation.CREATE && attributes.isCore("pods")) {
            ContainerDefaults.apply(object, rules(attributes.namespace()));
        }
    }

    @Override
    public void validate(AdmissionAttributes attributes, @Nullable ObjectNode object, @Nullable ObjectNode old) {
        if (object == null) {
            return;
        }
        var broken = new ArrayList<String>();
        for (LimitRule rule : rules(attributes.namespace())) {
            broken.addAll(
                    attributes.isCore("pods")
                            ? ofPod(rule, object.path("spec"))
                            : ofClaim(rule, object.path("spec").path("resources")));
        }
        if (!broken.isEmpty()) {
            throw StatusException.forbidden(
                    attributes.resource(),
                    attributes.name(),
                    broken.size() == 1 ? broken.getFirst() : "[" + String.join(", ", broken) + "]");
        }
    }

    private static List<String> ofPod(LimitRule rule, JsonNode spec) {
        var broken = new ArrayList<String>();
        switch (rule.type()) {
            case "Container" -> {
                spec.path("containers").forEach(each -> broken.addAll(ofContainer(rule, each)));
                spec.path("initContainers").forEach(each -> broken.addAll(ofContainer(rule, each)));
            }
            case "Pod" -> broken.addAll(rule.violations(PodTotals.of(spec, "requests"), PodTotals.of(spec, "limits")));
            default -> {}
        }
        return broken;
    }

    private static List<String> ofContainer(LimitRule rule, JsonNode container) {
        JsonNode resources = container.path("resources");
        return rule.violations(Quantities.of(resources.path("requests")), Quantities.of(resources.path("limits")));
    }

    /** A claim has only a request: it counts against both bounds. */
    private static List<String> ofClaim(LimitRule rule, JsonNode resources) {
        Quantities requests = Quantities.of(resources.path("requests"));
        return rule.type().equals("PersistentVolumeClaim") ? rule.violations(requests, requests) : List.of();
    }
}
