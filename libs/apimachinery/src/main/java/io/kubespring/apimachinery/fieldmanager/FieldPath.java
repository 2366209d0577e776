package io.kubespring.apimachinery.fieldmanager;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The way from an object's root to one of its fields. */
public record FieldPath(List<PathElement> elements) {

    public FieldPath {
        elements = List.copyOf(elements);
    }

    /** A path of names only: {@code of("metadata", "labels")}. */
    public static FieldPath of(String... names) {
        return new FieldPath(Arrays.stream(names).map(PathElement::field).toList());
    }

    /** The same from text whose names hold no dot: {@code spec.replicas}. */
    public static FieldPath parse(String dotted) {
        return of((dotted.startsWith(".") ? dotted.substring(1) : dotted).split("\\.", -1));
    }

    FieldPath then(PathElement element) {
        var longer = new ArrayList<PathElement>(elements.size() + 1);
        longer.addAll(elements);
        longer.add(element);
        return new FieldPath(longer);
    }

    /** As in conflict messages: {@code .spec.template.spec.containers[name="a"].image}. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        elements.forEach(text::append);
        return text.toString();
    }
}
