package io.kubespring.apiserver.handlers;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.selector.FieldSelector;
import io.kubespring.api.selector.LabelSelector;
import io.kubespring.apiserver.cache.Selection;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.request.ListOptions;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Turns the selectors of a list or watch into a {@link Selection}. */
final class Selections {

    private Selections() {}

    /** @throws StatusException 400 for a field that the kind cannot be selected by */
    static Selection of(Call call, ListOptions options) {
        LabelSelector labels = options.labelSelector();
        FieldSelector given = options.fieldSelector();
        if (given == null && labels == null && call.name().isEmpty()) {
            return call.namespace().isEmpty() ? Selection.ALL : Selection.inNamespace(call.namespace());
        }
        FieldSelector fields = given == null ? null : FieldLabels.canonical(given, call.type());
        if (fields != null && !call.name().isEmpty() && !call.name().equals(exact(fields, "metadata.name"))) {
            throw StatusException.badRequest("fieldSelector metadata.name doesn't match requested name");
        }
        return new Selection(call.namespace(), call.name(), exact(fields, "spec.nodeName"), filter(labels, fields));
    }

    private static String exact(@Nullable FieldSelector fields, String field) {
        if (fields != null) {
            for (var each : fields.requirements()) {
                if (each.equal() && each.field().equals(field)) {
                    return each.value();
                }
            }
        }
        return "";
    }

    private static Predicate<StoredObject> filter(@Nullable LabelSelector labels, @Nullable FieldSelector fields) {
        return object -> (labels == null || labels.matches(object.labels())) && matches(fields, object);
    }

    private static boolean matches(@Nullable FieldSelector fields, StoredObject object) {
        if (fields != null) {
            for (var each : fields.requirements()) {
                String value = object.field(each.field());
                if (!each.matches(value == null ? "" : value)) {
                    return false;
                }
            }
        }
        return true;
    }
}
