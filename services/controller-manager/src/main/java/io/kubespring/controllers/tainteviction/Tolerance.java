package io.kubespring.controllers.tainteviction;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import io.kubespring.kinds.scheduling.Tolerations;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long a Pod tolerates the NoExecute taints of its node. */
final class Tolerance {

    private Tolerance() {}

    /**
     * @param since for a taint that does not say when it was added
     * @return when the Pod must go; null for never
     */
    static @Nullable Instant deadline(Pod pod, List<Taint> taints, Instant since) {
        List<Toleration> tolerations = pod.getSpec().getTolerations();
        Instant earliest = null;
        for (Taint taint : taints) {
            if (!"NoExecute".equals(taint.getEffect())) {
                continue;
            }
            Instant added = taint.getTimeAdded() == null ? since : Instant.parse(taint.getTimeAdded());
            Instant deadline = deadline(tolerations, taint, added);
            if (deadline != null && (earliest == null || deadline.isBefore(earliest))) {
                earliest = deadline;
            }
        }
        return earliest;
    }

    /** The shortest of the matching tolerations counts; one without seconds lasts for ever. */
    private static @Nullable Instant deadline(List<Toleration> tolerations, Taint taint, Instant added) {
        boolean tolerated = false;
        Instant earliest = null;
        for (Toleration toleration : tolerations) {
            if (!Tolerations.tolerates(toleration, taint)) {
                continue;
            }
            tolerated = true;
            if (toleration.getTolerationSeconds() != null) {
                Instant until = added.plusSeconds(Math.max(0, toleration.getTolerationSeconds()));
                earliest = earliest == null || until.isBefore(earliest) ? until : earliest;
            }
        }
        return tolerated ? earliest : added;
    }
}
