package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.Optional;

/** Ephemeral containers ("Ephemeral Containers"): they come, and stay as they came. */
final class EphemeralRule {

    private EphemeralRule() {}

    static void check(Field next, Field current, Errors errors) {
        Field containers = next.at("spec", "ephemeralContainers");
        for (Field old : current.at("spec", "ephemeralContainers").items()) {
            String name = old.at("name").text();
            Optional<Field> same = containers.items().stream()
                    .filter(each -> each.at("name").isText(name))
                    .findFirst();
            if (same.isEmpty()) {
                errors.forbidden(containers, "existing ephemeral containers \"" + name + "\" may not be removed\n");
            } else if (!same.get().sameAs(old)) {
                errors.forbidden(
                        containers,
                        "existing ephemeral containers \"" + name + "\" may not be changed\n"
                                + Difference.between(old.value(), same.get().value()));
            }
        }
    }
}
