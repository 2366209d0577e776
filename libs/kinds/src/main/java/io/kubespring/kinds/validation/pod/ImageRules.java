package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;

/** What a Pod's images must be beyond a template's: some templates carry placeholders. */
final class ImageRules {

    private ImageRules() {}

    static void pod(Field spec, Errors errors) {
        for (String list : List.of("containers", "initContainers")) {
            spec.at(list).items().forEach(each -> trimmed(each, errors));
        }
    }

    static void trimmed(Field container, Errors errors) {
        Field image = container.at("image");
        if (!image.text().strip().equals(image.text())) {
            errors.invalid(image, "must not have leading or trailing whitespace");
        }
    }
}
