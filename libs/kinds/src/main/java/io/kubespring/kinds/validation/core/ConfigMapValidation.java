package io.kubespring.kinds.validation.core;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.List;
import tools.jackson.databind.node.MissingNode;

/** ConfigMaps. */
public final class ConfigMapValidation implements KindValidation {

    @Override
    public void create(Field configMap, Errors errors) {
        Field data = configMap.at("data");
        Field binary = configMap.at("binaryData");
        DataRules.keys(data, errors);
        for (Field entry : data.entries()) {
            if (binary.key(entry.name()).present()) {
                errors.invalid(entry, entry.name(), "duplicate of key present in binaryData");
            }
        }
        DataRules.keys(binary, errors);
        // Upstream names no field here, and its empty path prints so.
        Field whole = Field.of("[]", MissingNode.getInstance());
        DataRules.size(DataRules.plainBytes(data) + DataRules.encodedBytes(binary), whole, errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        DataRules.immutable(next, current, List.of("data", "binaryData"), errors);
        create(next, errors);
    }
}
