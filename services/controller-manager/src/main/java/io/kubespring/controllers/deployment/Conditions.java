package io.kubespring.controllers.deployment;

import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Deployment's conditions and their reasons. */
final class Conditions {

    static final String AVAILABLE = "Available";
    static final String PROGRESSING = "Progressing";
    static final String REPLICA_FAILURE = "ReplicaFailure";

    static final String CREATED = "NewReplicaSetCreated";
    static final String FOUND = "FoundNewReplicaSet";
    static final String UPDATED = "ReplicaSetUpdated";
    static final String NEW_AVAILABLE = "NewReplicaSetAvailable";
    static final String TIMED_OUT = "ProgressDeadlineExceeded";
    static final String CREATE_ERROR = "ReplicaSetCreateError";
    static final String PAUSED = "DeploymentPaused";
    static final String RESUMED = "DeploymentResumed";

    private Conditions() {}

    static @Nullable DeploymentCondition get(@Nullable DeploymentStatus status, String type) {
        if (status != null) {
            for (DeploymentCondition condition : status.getConditions()) {
                if (type.equals(condition.getType())) {
                    return condition;
                }
            }
        }
        return null;
    }

    static DeploymentCondition of(String type, String status, String reason, String message, Instant now) {
        String at = now.truncatedTo(ChronoUnit.SECONDS).toString();
        var condition = new DeploymentCondition();
        condition.setType(type);
        condition.setStatus(status);
        condition.setReason(reason);
        condition.setMessage(message);
        condition.setLastUpdateTime(at);
        condition.setLastTransitionTime(at);
        return condition;
    }

    /**
     * Puts a condition in unless one of the same status and reason is there; keeps the transition time where the status
     * stays.
     */
    static void set(DeploymentStatus status, DeploymentCondition next) {
        DeploymentCondition current = get(status, next.getType());
        if (current != null
                && Objects.equals(current.getStatus(), next.getStatus())
                && Objects.equals(current.getReason(), next.getReason())) {
            return;
        }
        if (current != null && Objects.equals(current.getStatus(), next.getStatus())) {
            next.setLastTransitionTime(current.getLastTransitionTime());
        }
        remove(status, next.getType());
        status.getConditions().add(next);
    }

    static void remove(DeploymentStatus status, String type) {
        var kept = new ArrayList<>(status.getConditions());
        kept.removeIf(condition -> type.equals(condition.getType()));
        status.setConditions(kept);
    }
}
