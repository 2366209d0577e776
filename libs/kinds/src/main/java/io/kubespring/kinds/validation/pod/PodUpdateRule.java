package io.kubespring.kinds.validation.pod;

import io.kubespring.api.json.Json;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.tree.Semantics;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a Pod that exists lets its owner change: images, a shorter deadline, more tolerations, and, while scheduling
 * gates hold it, fewer gates and a narrower choice of nodes. Everything else about the spec stays.
 */
final class PodUpdateRule {

    private static final String ONLY = "pod updates may not change fields other than"
            + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations`"
            + " (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if"
            + " it was previously negative)";

    private final Field next;
    private final Field current;
    private final Errors errors;

    PodUpdateRule(Field nextSpec, Field currentSpec, Errors errors) {
        next = nextSpec;
        current = currentSpec;
        this.errors = errors;
    }

    void check() {
        for (String list : List.of("containers", "initContainers")) {
            if (next.at(list).items().size() != current.at(list).items().size()) {
                errors.forbidden(next.at(list), "pod updates may not add or remove containers");
                return;
            }
            images(list);
        }
        if (!deadline()) {
            return;
        }
        TolerationValidation.onlyAdded(next.at("tolerations"), current.at("tolerations"), errors);
        gates();
        if (!(next.value().deepCopy() instanceof ObjectNode munged)) {
            return;
        }
        munge(munged);
        if (!Semantics.equal(munged, current.value())) {
            JsonNode before = current.value().isObject() ? current.value() : Json.object();
            errors.forbidden(next, ONLY + "\n" + Difference.between(before, munged));
        }
    }

    /** Upstream says it of updates a second time. */
    private void images(String list) {
        for (Field container : next.at(list).items()) {
            if (container.at("image").empty()) {
                errors.required(container.at("image"), "");
            }
            ImageRules.trimmed(container, errors);
        }
    }

    /** Puts back what may change, so that whatever still differs may not. */
    private void munge(ObjectNode spec) {
        for (String list : List.of("containers", "initContainers")) {
            for (int i = 0; i < spec.path(list).size(); i++) {
                if (spec.path(list).get(i) instanceof ObjectNode container) {
                    restore(container, "image", current.at(list).item(i).value());
                }
            }
        }
        restore(spec, "activeDeadlineSeconds", current.value());
        restore(spec, "schedulingGates", current.value());
        restore(spec, "tolerations", current.value());
        if (current.at("terminationGracePeriodSeconds").number() < 0
                && next.at("terminationGracePeriodSeconds").number() == 1) {
            restore(spec, "terminationGracePeriodSeconds", current.value());
        }
        if (!current.at("schedulingGates").empty()) {
            GatedRule.nodeSelector(next.at("nodeSelector"), current.at("nodeSelector"), errors);
            restore(spec, "nodeSelector", current.value());
            affinity(spec);
        }
    }

    private void affinity(ObjectNode spec) {
        Field wanted = next.at("affinity", "nodeAffinity");
        Field before = current.at("affinity", "nodeAffinity");
        if (wanted.sameAs(before)) {
            return;
        }
        GatedRule.nodeAffinity(wanted, before, errors);
        ObjectNode affinity = spec.get("affinity") instanceof ObjectNode given ? given : spec.putObject("affinity");
        restore(affinity, "nodeAffinity", current.at("affinity").value());
        if (affinity.isEmpty()) {
            restore(spec, "affinity", current.value());
        }
    }

    private static void restore(ObjectNode target, String field, JsonNode source) {
        JsonNode old = source.path(field);
        if (old.isMissingNode()) {
            target.remove(field);
        } else {
            target.set(field, old);
        }
    }

    private boolean deadline() {
        Field wanted = next.at("activeDeadlineSeconds");
        Field before = current.at("activeDeadlineSeconds");
        if (wanted.present()) {
            if (wanted.number() < 0 || wanted.number() > Integer.MAX_VALUE) {
                errors.invalid(wanted, "must be between 0 and " + Integer.MAX_VALUE + ", inclusive");
                return false;
            }
            if (before.present() && before.number() < wanted.number()) {
                errors.invalid(wanted, "must be less than or equal to previous value");
                return false;
            }
        } else if (before.present()) {
            errors.invalid(wanted, null, "must not update from a positive integer to nil value");
        }
        return true;
    }

    private void gates() {
        Set<String> before = current.at("schedulingGates").items().stream()
                .map(each -> each.at("name").text())
                .collect(Collectors.toSet());
        for (Field gate : next.at("schedulingGates").items()) {
            if (!before.contains(gate.at("name").text())) {
                errors.forbidden(
                        gate.at("name"),
                        "only deletion is allowed, but found new scheduling gate '"
                                + gate.at("name").text() + "'");
            }
        }
    }
}
