package io.kubespring.kinds.validation;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.pod.PodTemplateValidation;
import io.kubespring.kinds.validation.pod.PodValidation;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which kinds have rules of their own, one line each. */
final class KindValidations {

    private static final Map<GroupVersionKind, KindValidation> BY_KIND = new HashMap<>();

    static {
        on("v1", "Pod", new PodValidation());
        on("v1", "PodTemplate", new PodTemplateValidation());
    }

    private KindValidations() {}

    static @Nullable KindValidation of(GroupVersionKind kind) {
        return BY_KIND.get(kind);
    }

    private static void on(String apiVersion, String kind, KindValidation validation) {
        BY_KIND.put(GroupVersionKind.of(apiVersion, kind), validation);
    }
}
