package io.kubespring.kinds.validation.storage;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** StorageClasses: what made existing volumes does not change. */
public final class StorageClassValidation implements KindValidation {

    @Override
    public void create(Field storageClass, Errors errors) {
        VolumeParameters.provisioner(storageClass.at("provisioner"), errors);
        VolumeParameters.check(storageClass.at("parameters"), true, errors);
        if (!storageClass.at("reclaimPolicy").empty()) {
            errors.oneOf(storageClass.at("reclaimPolicy"), List.of("Delete", "Retain"));
        }
        Field binding = storageClass.at("volumeBindingMode");
        if (binding.absent()) {
            errors.required(binding, "");
        } else {
            errors.oneOf(binding, List.of("Immediate", "WaitForFirstConsumer"));
        }
        topologies(storageClass.at("allowedTopologies"), errors);
    }

    private static void topologies(Field terms, Errors errors) {
        Set<JsonNode> seen = new HashSet<>();
        for (Field term : terms.items()) {
            Set<String> keys = new HashSet<>();
            for (Field expression : term.at("matchLabelExpressions").items()) {
                Field key = expression.at("key");
                if (expression.at("values").empty()) {
                    errors.required(expression.at("values"), "");
                }
                Set<String> values = new HashSet<>();
                for (Field value : expression.at("values").items()) {
                    errors.invalid(value, Names.labelValue(value.text()));
                    if (!values.add(value.text())) {
                        errors.duplicate(value);
                    }
                }
                errors.invalid(key, Names.qualifiedName(key.text()));
                if (!keys.add(key.text())) {
                    errors.duplicate(key);
                }
            }
            if (!seen.add(term.value()) || keys.isEmpty()) {
                errors.duplicate(term.at("matchLabelExpressions"), "");
            }
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
        for (String each : List.of("parameters", "provisioner", "reclaimPolicy", "volumeBindingMode")) {
            errors.immutable(next.at(each), current.at(each));
        }
    }
}
