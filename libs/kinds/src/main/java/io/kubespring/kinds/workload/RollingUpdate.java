package io.kubespring.kinds.workload;

import io.fabric8.kubernetes.api.model.IntOrString;
import org.jspecify.annotations.Nullable;

/**
 * How far a rolling update may stray from the wanted number of replicas: a percentage of surge rounds up, one of
 * unavailability rounds down, and both never come out as zero, for then nothing could move.
 *
 * @param maxSurge how many Pods above the wanted number
 * @param maxUnavailable how many Pods below it
 */
public record RollingUpdate(int maxSurge, int maxUnavailable) {

    public static RollingUpdate resolve(
            @Nullable IntOrString maxSurge, @Nullable IntOrString maxUnavailable, int replicas) {
        int surge = scale(maxSurge, replicas, true);
        int unavailable = scale(maxUnavailable, replicas, false);
        return surge == 0 && unavailable == 0
                ? new RollingUpdate(0, 1)
                : new RollingUpdate(surge, Math.min(unavailable, replicas));
    }

    /** A number as it is, a percentage of {@code total}; zero where there is neither. */
    public static int scale(@Nullable IntOrString value, int total, boolean roundUp) {
        if (value == null || value.getValue() == null) {
            return 0;
        }
        if (value.getIntVal() != null) {
            return value.getIntVal();
        }
        String text = value.getStrVal();
        if (!text.endsWith("%")) {
            throw new IllegalArgumentException("invalid value for IntOrString: \"" + text + "\" is not a percentage");
        }
        long parts = (long) Integer.parseInt(text.substring(0, text.length() - 1)) * total;
        return (int) (roundUp ? Math.ceilDiv(parts, 100L) : Math.floorDiv(parts, 100L));
    }
}
