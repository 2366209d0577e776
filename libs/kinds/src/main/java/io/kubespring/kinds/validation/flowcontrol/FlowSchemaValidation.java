package io.kubespring.kinds.validation.flowcontrol;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.flowcontrol.BuiltInFlowControl;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.tree.Semantics;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.GoShown;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** FlowSchemas: a precedence of their own rank, a level to refer to, and rules that say whom and what they match. */
public final class FlowSchemaValidation implements KindValidation {

    private static final long LAST_PRECEDENCE = 10_000;

    @Override
    public void create(Field schema, Errors errors) {
        String name = schema.at("metadata", "name").text();
        Field spec = schema.at("spec");
        precedence(name, spec.at("matchingPrecedence"), errors);
        Field method = spec.at("distinguisherMethod");
        if (method.present()) {
            List<String> types = List.of("ByNamespace", "ByUser");
            if (!types.contains(method.at("type").text())) {
                errors.notSupported(method.at("type"), GoShown.texts(method, "Type", "type"), types);
            }
        }
        Field level = spec.at("priorityLevelConfiguration", "name");
        if (level.empty()) {
            errors.required(level, "must reference a priority level");
        } else {
            errors.invalid(level, Names.dnsSubdomain(level.text()));
        }
        for (Field rule : spec.at("rules").items()) {
            FlowRuleValidation.check(rule, errors);
        }
        @Nullable ObjectNode fixed = BuiltInFlowControl.mandatorySchema(name);
        if (fixed != null && !Semantics.equal(spec.value(), fixed.path("spec"))) {
            errors.invalid(spec, "spec of '" + name + "' must equal the fixed value");
        }
        FlowConditions.check(schema.at("status"), errors);
    }

    private static void precedence(String name, Field precedence, Errors errors) {
        if (precedence.number() <= 0) {
            errors.invalid(precedence, "must be a positive value");
        }
        if (precedence.number() > LAST_PRECEDENCE) {
            errors.invalid(precedence, "must not be greater than " + LAST_PRECEDENCE);
        }
        if (precedence.number() == 1 && !name.equals(BuiltInFlowControl.EXEMPT)) {
            errors.invalid(precedence, "only the schema named 'exempt' may have matchingPrecedence 1");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        FlowConditions.check(next.at("status"), errors);
    }
}
