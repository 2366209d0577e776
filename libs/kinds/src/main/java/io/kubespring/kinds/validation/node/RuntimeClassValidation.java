package io.kubespring.kinds.validation.node;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;
import io.kubespring.kinds.validation.meta.Quantities;
import io.kubespring.kinds.validation.meta.ResourceNames;
import io.kubespring.kinds.validation.pod.TolerationValidation;
import java.util.List;

/** RuntimeClasses: their handler is fixed. */
public final class RuntimeClassValidation implements KindValidation {

    @Override
    public void create(Field runtime, Errors errors) {
        Field handler = runtime.at("handler");
        if (handler.empty()) {
            errors.required(handler, "");
        } else {
            errors.invalid(handler, Names.dnsLabel(handler.text()));
        }
        // Upstream checks it as the limits of a container, and says so.
        Field limits =
                Field.of("overhead.limits", runtime.at("overhead", "podFixed").value());
        for (Field quantity : limits.entries()) {
            ResourceNames.container(quantity, errors);
            Quantities.ofResource(quantity, errors);
        }
        Field scheduling = runtime.at("scheduling");
        LabelValidation.labels(scheduling.at("nodeSelector"), errors);
        tolerations(scheduling.at("tolerations"), errors);
    }

    private static void tolerations(Field tolerations, Errors errors) {
        TolerationValidation.all(tolerations, errors);
        List<Field> all = tolerations.items();
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (all.get(i).sameAs(all.get(j))) {
                    errors.duplicate(all.get(i));
                    break;
                }
            }
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
        errors.immutable(next.at("handler"), current.at("handler"));
    }
}
