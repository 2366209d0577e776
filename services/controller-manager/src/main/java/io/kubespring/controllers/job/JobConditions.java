package io.kubespring.controllers.job;

import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** A Job's conditions. */
final class JobConditions {

    static final String COMPLETE = "Complete";
    static final String FAILED = "Failed";
    static final String SUSPENDED = "Suspended";
    /** Announces {@link #COMPLETE} while Pods still end (KEP-3998). */
    static final String SUCCESS_CRITERIA_MET = "SuccessCriteriaMet";
    /** Announces {@link #FAILED} while Pods still end. */
    static final String FAILURE_TARGET = "FailureTarget";

    private JobConditions() {}

    static @Nullable JobCondition get(@Nullable JobStatus status, String type) {
        if (status != null) {
            for (JobCondition condition : status.getConditions()) {
                if (type.equals(condition.getType())) {
                    return condition;
                }
            }
        }
        return null;
    }

    static boolean isTrue(@Nullable JobStatus status, String type) {
        JobCondition condition = get(status, type);
        return condition != null && "True".equals(condition.getStatus());
    }

    static boolean isFinished(@Nullable JobStatus status) {
        return isTrue(status, COMPLETE) || isTrue(status, FAILED);
    }

    /** @return whether this changes anything */
    static boolean set(JobStatus status, String type, boolean value, String reason, String message, Instant now) {
        String text = value ? "True" : "False";
        JobCondition current = get(status, type);
        if (current != null && text.equals(current.getStatus())) {
            return false;
        }
        String at = now.truncatedTo(ChronoUnit.SECONDS).toString();
        var conditions = new ArrayList<>(status.getConditions());
        conditions.removeIf(condition -> type.equals(condition.getType()));
        var condition = new JobCondition();
        condition.setType(type);
        condition.setStatus(text);
        condition.setReason(reason);
        condition.setMessage(message);
        condition.setLastProbeTime(at);
        condition.setLastTransitionTime(at);
        conditions.add(condition);
        status.setConditions(conditions);
        return true;
    }
}
