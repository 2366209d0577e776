package io.kubespring.apiserver.protobuf;

import java.util.Set;

/**
 * The fields in which a zero says something: pointers in upstream's Go types. Other scalars are always written by Go's
 * protobuf encoder, also when nobody set them, so there a zero means absent.
 */
final class PointerFields {

    private static final Set<String> NAMES = Set.of(
            "activeDeadlineSeconds",
            "allocateLoadBalancerNodePorts",
            "allowPrivilegeEscalation",
            "attachRequired",
            "automountServiceAccountToken",
            "averageUtilization",
            "backoffLimit",
            "backoffLimitPerIndex",
            "blockOwnerDeletion",
            "completions",
            "controller",
            "defaultMode",
            "deletionGracePeriodSeconds",
            "enableServiceLinks",
            "expirationSeconds",
            "failedJobsHistoryLimit",
            "fsGroup",
            "gracePeriodSeconds",
            "hostUsers",
            "immutable",
            "leaseDurationSeconds",
            "leaseTransitions",
            "maxFailedIndexes",
            "minReplicas",
            "mode",
            "optional",
            "orphanDependents",
            "parallelism",
            "partition",
            "podInfoOnMount",
            "priority",
            "privileged",
            "progressDeadlineSeconds",
            "readOnlyRootFilesystem",
            "ready",
            "replicas",
            "requiresRepublish",
            "revisionHistoryLimit",
            "runAsGroup",
            "runAsNonRoot",
            "runAsUser",
            "serving",
            "setHostnameAsFQDN",
            "shareProcessNamespace",
            "stabilizationWindowSeconds",
            "startingDeadlineSeconds",
            "storageCapacity",
            "storageClassName",
            "successfulJobsHistoryLimit",
            "suspend",
            "terminating",
            "terminationGracePeriodSeconds",
            "tolerationSeconds",
            "ttlSecondsAfterFinished");

    private PointerFields() {}

    static boolean contains(String jsonName) {
        return NAMES.contains(jsonName);
    }
}
