package io.kubespring.kinds.scheduling;

import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which taints a Pod puts up with, as "Taints and Tolerations" defines it. */
public final class Tolerations {

    private Tolerations() {}

    /** An empty key with Exists tolerates every key; an empty effect tolerates every effect. */
    public static boolean tolerates(Toleration toleration, Taint taint) {
        String effect = toleration.getEffect();
        if (effect != null && !effect.isEmpty() && !effect.equals(taint.getEffect())) {
            return false;
        }
        String key = toleration.getKey();
        boolean anyKey = key == null || key.isEmpty();
        if (!anyKey && !key.equals(taint.getKey())) {
            return false;
        }
        String operator = toleration.getOperator();
        if ("Exists".equals(operator)) {
            return true;
        }
        return !anyKey
                && (operator == null || operator.isEmpty() || operator.equals("Equal"))
                && Objects.equals(orEmpty(toleration.getValue()), orEmpty(taint.getValue()));
    }

    public static boolean tolerates(List<Toleration> tolerations, Taint taint) {
        for (Toleration each : tolerations) {
            if (tolerates(each, taint)) {
                return true;
            }
        }
        return false;
    }

    /** The first of the taints that matter which nothing tolerates, or null. */
    public static @Nullable Taint firstUntolerated(
            List<Taint> taints, List<Toleration> tolerations, Predicate<Taint> matters) {
        for (Taint each : taints) {
            if (matters.test(each) && !tolerates(tolerations, each)) {
                return each;
            }
        }
        return null;
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
