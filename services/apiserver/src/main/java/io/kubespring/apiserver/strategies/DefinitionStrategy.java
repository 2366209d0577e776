package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.warnings.DefinitionWarnings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * CustomResourceDefinitions: {@code status.storedVersions} remembers every version that objects may have been stored in.
 * Conditions and accepted names come from who serves the resource.
 */
final class DefinitionStrategy extends KindStrategy {

    DefinitionStrategy() {
        super(Traits.CONTROLLED.withConditionalUpdate());
    }

    @Override
    public void prepareForCreate(ObjectNode definition, Context context) {
        super.prepareForCreate(definition, context);
        rememberStored(definition);
    }

    @Override
    public void prepareForUpdate(ObjectNode next, ObjectNode current, Context context) {
        super.prepareForUpdate(next, current, context);
        if (context.subresource().isEmpty()) {
            rememberStored(next);
        }
    }

    private static void rememberStored(ObjectNode definition) {
        for (JsonNode version : definition.path("spec").path("versions")) {
            if (version.path("storage").asBoolean(false)) {
                ObjectNode status =
                        definition.get("status") instanceof ObjectNode kept ? kept : definition.putObject("status");
                ArrayNode stored = status.get("storedVersions") instanceof ArrayNode kept
                        ? kept
                        : status.putArray("storedVersions");
                if (stored.valueStream().noneMatch(version.path("name")::equals)) {
                    stored.add(version.path("name"));
                }
                return;
            }
        }
    }

    @Override
    public List<String> warnings(ObjectNode definition, @Nullable ObjectNode current, Context context) {
        if (!context.subresource().isEmpty()) {
            return List.of();
        }
        List<String> known = current == null ? List.of() : DefinitionWarnings.of(Field.root(current));
        return DefinitionWarnings.of(Field.root(definition)).stream()
                .filter(each -> !known.contains(each))
                .toList();
    }
}
