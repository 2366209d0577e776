package io.kubespring.apimachinery.print;

import static io.kubespring.apimachinery.print.Fields.at;

import io.kubespring.api.selector.LabelSelector;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The columns that everything with a pod template has for {@code -o wide}. */
final class Templates {

    private Templates() {}

    static String containers(JsonNode template) {
        return Fields.joined(at(template, "spec", "containers"), "name");
    }

    static String images(JsonNode template) {
        return Fields.joined(at(template, "spec", "containers"), "image");
    }

    static Column containersColumn(String... template) {
        return Column.text("Containers", "Names of the containers", it -> containers(at(it, template)))
                .wide();
    }

    static Column imagesColumn(String... template) {
        return Column.text("Images", "Images of the containers", it -> images(at(it, template)))
                .wide();
    }

    static Column selectorColumn(String... selector) {
        return Column.text("Selector", "Labels of the pods that belong to it", it -> selector(at(it, selector)))
                .wide();
    }

    /** A label selector in its query form; none where it matches everything or is missing. */
    static String selector(JsonNode selector) {
        if (!(selector instanceof ObjectNode object)) {
            return Fields.NONE;
        }
        try {
            String text = LabelSelector.of(object).toString();
            return text.isEmpty() ? Fields.NONE : text;
        } catch (IllegalArgumentException e) {
            return "<error>";
        }
    }
}
