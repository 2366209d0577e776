package io.kubespring.controllers.replicaset;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetCondition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.kubespring.controllers.ownership.Selectors;
import io.kubespring.controllers.pods.Pods;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a ReplicaSet's status should say. */
final class ReplicaSetStatuses {

    private static final String REPLICA_FAILURE = "ReplicaFailure";

    private ReplicaSetStatuses() {}

    /**
     * @param pods the active ones
     * @param failure why the last attempt to reach the wanted number failed, or null
     * @param missing wanted minus actual number of Pods before that attempt
     */
    static ReplicaSetStatus calculate(
            ReplicaSet set,
            Collection<Pod> pods,
            int terminating,
            @Nullable Throwable failure,
            int missing,
            Instant now) {
        Map<String, String> wanted = set.getSpec().getTemplate().getMetadata().getLabels();
        int minReady = minReadySeconds(set);
        var status = new ReplicaSetStatus();
        status.setObservedGeneration(set.getMetadata().getGeneration());
        status.setReplicas(pods.size());
        status.setFullyLabeledReplicas(orAbsent(count(pods, pod -> Selectors.matches(wanted, Selectors.labels(pod)))));
        status.setReadyReplicas(orAbsent(count(pods, Pods::isReady)));
        status.setAvailableReplicas(orAbsent(count(pods, pod -> Pods.isAvailable(pod, minReady, now))));
        status.setTerminatingReplicas(terminating);
        status.setConditions(conditions(set, failure, missing, now));
        return status;
    }

    static int minReadySeconds(ReplicaSet set) {
        return set.getSpec().getMinReadySeconds() == null ? 0 : set.getSpec().getMinReadySeconds();
    }

    /** Upstream leaves zeros out of a status. */
    private static @Nullable Integer orAbsent(int count) {
        return count == 0 ? null : count;
    }

    private static int count(Collection<Pod> pods, java.util.function.Predicate<Pod> rule) {
        return (int) pods.stream().filter(rule).count();
    }

    private static List<ReplicaSetCondition> conditions(
            ReplicaSet set, @Nullable Throwable failure, int missing, Instant now) {
        var conditions = new ArrayList<ReplicaSetCondition>();
        ReplicaSetCondition before = null;
        if (set.getStatus() != null) {
            for (ReplicaSetCondition each : set.getStatus().getConditions()) {
                if (each.getType().equals(REPLICA_FAILURE)) {
                    before = each;
                } else {
                    conditions.add(each);
                }
            }
        }
        if (failure != null && before != null) {
            conditions.add(before);
        } else if (failure != null) {
            var condition = new ReplicaSetCondition();
            condition.setType(REPLICA_FAILURE);
            condition.setStatus("True");
            condition.setReason(missing > 0 ? "FailedCreate" : "FailedDelete");
            condition.setMessage(failure.getMessage());
            condition.setLastTransitionTime(now.truncatedTo(ChronoUnit.SECONDS).toString());
            conditions.add(condition);
        }
        return conditions;
    }

    /** Whether writing {@code next} would change anything that counts. */
    static boolean same(@Nullable ReplicaSetStatus current, ReplicaSetStatus next) {
        return current != null
                && zero(current.getReplicas()) == zero(next.getReplicas())
                && zero(current.getFullyLabeledReplicas()) == zero(next.getFullyLabeledReplicas())
                && zero(current.getReadyReplicas()) == zero(next.getReadyReplicas())
                && zero(current.getAvailableReplicas()) == zero(next.getAvailableReplicas())
                && zero(current.getTerminatingReplicas()) == zero(next.getTerminatingReplicas())
                && java.util.Objects.equals(current.getObservedGeneration(), next.getObservedGeneration())
                && current.getConditions().equals(next.getConditions());
    }

    static int zero(@Nullable Integer value) {
        return value == null ? 0 : value;
    }
}
