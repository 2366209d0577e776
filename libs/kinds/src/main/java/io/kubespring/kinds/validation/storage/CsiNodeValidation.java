package io.kubespring.kinds.validation.storage;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.tree.Semantics;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.NameChecks;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** CSINodes: a driver that registered stays as it is, but for how many volumes it can take. */
public final class CsiNodeValidation implements KindValidation {

    private static final int NODE_ID_MAX = 256;

    @Override
    public void create(Field node, Errors errors) {
        Set<String> names = new HashSet<>();
        for (Field driver : node.at("spec", "drivers").items()) {
            NameChecks.csiDriver(driver.at("name"), errors);
            Field id = driver.at("nodeID");
            if (id.empty()) {
                errors.required(id, "");
            }
            if (id.text().length() > NODE_ID_MAX) {
                errors.invalid(id, "must be " + NODE_ID_MAX + " characters or less");
            }
            errors.nonNegative(driver.at("allocatable", "count"));
            if (!names.add(driver.at("name").text())) {
                errors.duplicate(driver.at("name"));
            }
            topology(driver, errors);
        }
    }

    private static void topology(Field driver, Errors errors) {
        Set<String> keys = new HashSet<>();
        for (String key : driver.at("topologyKeys").texts()) {
            if (key.isEmpty()) {
                errors.required(driver, "");
            }
            if (!keys.add(key)) {
                errors.duplicate(driver, key);
            }
            for (String message : Names.qualifiedName(key)) {
                errors.invalid(driver, key, message);
            }
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
        for (Field before : current.at("spec", "drivers").items()) {
            for (Field now : next.at("spec", "drivers").items()) {
                if (now.at("name").sameAs(before.at("name"))
                        && !Semantics.equal(fixed(now.value()), fixed(before.value()))) {
                    errors.invalid(next.at("spec", "drivers"), now.value(), "field is immutable");
                }
            }
        }
    }

    private static JsonNode fixed(JsonNode driver) {
        JsonNode copy = driver.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.remove("allocatable");
        }
        return copy;
    }
}
