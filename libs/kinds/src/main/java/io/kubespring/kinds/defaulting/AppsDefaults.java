package io.kubespring.kinds.defaulting;

import tools.jackson.databind.node.ObjectNode;

/** The apps group. */
final class AppsDefaults {

    private static final String ROLLING = "RollingUpdate";

    private AppsDefaults() {}

    static void deployment(ObjectNode deployment) {
        ObjectNode spec = Absent.object(deployment, "spec");
        Absent.pointer(spec, "replicas", 1);
        ObjectNode strategy = Absent.object(spec, "strategy");
        Absent.text(strategy, "type", ROLLING);
        if (Absent.textOf(strategy, "type").equals(ROLLING)) {
            ObjectNode rolling = Absent.object(strategy, "rollingUpdate");
            Absent.pointer(rolling, "maxUnavailable", "25%");
            Absent.pointer(rolling, "maxSurge", "25%");
        }
        Absent.pointer(spec, "revisionHistoryLimit", 10);
        Absent.pointer(spec, "progressDeadlineSeconds", 600);
        PodDefaults.template(spec);
    }

    static void replicaSet(ObjectNode replicaSet) {
        ObjectNode spec = Absent.object(replicaSet, "spec");
        Absent.pointer(spec, "replicas", 1);
        PodDefaults.template(spec);
    }

    static void daemonSet(ObjectNode daemonSet) {
        ObjectNode spec = Absent.object(daemonSet, "spec");
        ObjectNode strategy = Absent.object(spec, "updateStrategy");
        Absent.text(strategy, "type", ROLLING);
        if (Absent.textOf(strategy, "type").equals(ROLLING)) {
            ObjectNode rolling = Absent.object(strategy, "rollingUpdate");
            Absent.pointer(rolling, "maxUnavailable", 1);
            Absent.pointer(rolling, "maxSurge", 0);
        }
        Absent.pointer(spec, "revisionHistoryLimit", 10);
        PodDefaults.template(spec);
    }

    static void statefulSet(ObjectNode statefulSet) {
        ObjectNode spec = Absent.object(statefulSet, "spec");
        Absent.text(spec, "podManagementPolicy", "OrderedReady");
        ObjectNode strategy = Absent.object(spec, "updateStrategy");
        if (Absent.isEmptyText(strategy, "type")) {
            strategy.put("type", ROLLING);
            Absent.object(strategy, "rollingUpdate");
        }
        ObjectNode rolling = Absent.existing(strategy, "rollingUpdate");
        if (rolling != null && Absent.textOf(strategy, "type").equals(ROLLING)) {
            Absent.pointer(rolling, "partition", 0);
        }
        ObjectNode retention = Absent.object(spec, "persistentVolumeClaimRetentionPolicy");
        Absent.text(retention, "whenDeleted", "Retain");
        Absent.text(retention, "whenScaled", "Retain");
        Absent.pointer(spec, "replicas", 1);
        Absent.pointer(spec, "revisionHistoryLimit", 10);
        PodDefaults.template(spec);
        for (ObjectNode claim : Absent.each(spec, "volumeClaimTemplates")) {
            claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
            StorageDefaults.persistentVolumeClaim(claim);
        }
    }
}
