package io.kubespring.kinds.validation.device;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Lists that may not be longer than a limit; one that is, is not looked at any further. */
final class Lists {

    private Lists() {}

    static void bounded(Field list, int max, Consumer<Field> item, Errors errors) {
        int size = list.items().size();
        if (size > max) {
            errors.tooMany(list, size, max);
        } else {
            list.items().forEach(item);
        }
    }

    /** The same, and no two items have the same key. */
    static void set(Field list, int max, Consumer<Field> item, Function<Field, String> key, Errors errors) {
        bounded(list, max, item, errors);
        if (list.items().size() > max) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (Field each : list.items()) {
            if (!seen.add(key.apply(each))) {
                errors.duplicate(each, key.apply(each));
            }
        }
    }
}
