package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Job's template is fixed, but for one that is suspended and runs nothing: there a queue may say where its Pods go
 * (KEP-2926) and what they get (KEP-5440).
 */
final class JobTemplateRule {

    private static final List<String> SCHEDULING = List.of("nodeSelector", "tolerations", "schedulingGates");
    private static final List<String> METADATA = List.of("annotations", "labels");

    private JobTemplateRule() {}

    static void check(Field next, Field current, Errors errors) {
        Field template = next.at("spec", "template");
        Field before = current.at("spec", "template");
        if (!mayChange(current)) {
            errors.immutable(template, before);
            return;
        }
        if (before.value().deepCopy() instanceof ObjectNode allowed) {
            scheduling(allowed, template.value());
            resources(allowed, template.value());
            errors.immutable(template.at("spec"), before.withValue(allowed).at("spec"));
        }
    }

    /** Suspended, and either it never started or the controller says that it has stopped. */
    private static boolean mayChange(Field job) {
        Field status = job.at("status");
        boolean stopped =
                status.at("startTime").absent() || JobStatusRules.isTrue(status.at("conditions"), "Suspended");
        return job.at("spec", "suspend").flag()
                && stopped
                && status.at("active").number() == 0;
    }

    private static void scheduling(ObjectNode allowed, JsonNode template) {
        take(METADATA, child(allowed, "metadata"), template.path("metadata"));
        ObjectNode spec = child(allowed, "spec");
        take(SCHEDULING, spec, template.path("spec"));
        JsonNode affinity = template.path("spec").path("affinity");
        take(List.of("nodeAffinity"), child(spec, "affinity"), affinity);
        if (spec.path("affinity").isEmpty() && !affinity.isObject()) {
            spec.remove("affinity");
        }
    }

    private static void resources(ObjectNode allowed, JsonNode template) {
        for (String list : List.of("containers", "initContainers")) {
            JsonNode before = allowed.path("spec").path(list);
            JsonNode after = template.path("spec").path(list);
            for (int i = 0; i < before.size() && before.size() == after.size(); i++) {
                if (before.get(i) instanceof ObjectNode container
                        && container.path("name").equals(after.get(i).path("name"))) {
                    take(List.of("resources"), container, after.get(i));
                }
            }
        }
    }

    private static ObjectNode child(ObjectNode parent, String field) {
        return parent.get(field) instanceof ObjectNode found ? found : parent.putObject(field);
    }

    private static void take(List<String> fields, ObjectNode to, JsonNode from) {
        for (String each : fields) {
            JsonNode value = from.get(each);
            if (value == null) {
                to.remove(each);
            } else {
                to.set(each, value);
            }
        }
    }
}
