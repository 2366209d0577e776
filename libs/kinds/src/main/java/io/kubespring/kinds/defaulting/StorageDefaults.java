package io.kubespring.kinds.defaulting;

import tools.jackson.databind.node.ObjectNode;

/** Volumes, claims, and the storage.k8s.io group. */
final class StorageDefaults {

    private StorageDefaults() {}

    static void persistentVolume(ObjectNode volume) {
        Absent.text(Absent.object(volume, "status"), "phase", "Pending");
        ObjectNode spec = Absent.object(volume, "spec");
        Absent.text(spec, "persistentVolumeReclaimPolicy", "Retain");
        Absent.pointer(spec, "volumeMode", "Filesystem");
        VolumeDefaults.sources(spec);
    }

    static void persistentVolumeClaim(ObjectNode claim) {
        Absent.text(Absent.object(claim, "status"), "phase", "Pending");
        claimSpec(Absent.object(claim, "spec"));
    }

    static void claimSpec(ObjectNode spec) {
        Absent.object(spec, "resources");
        Absent.pointer(spec, "volumeMode", "Filesystem");
    }

    static void storageClass(ObjectNode storageClass) {
        Absent.pointer(storageClass, "reclaimPolicy", "Delete");
        Absent.pointer(storageClass, "volumeBindingMode", "Immediate");
    }

    static void csiDriver(ObjectNode driver) {
        ObjectNode spec = Absent.object(driver, "spec");
        Absent.pointer(spec, "attachRequired", true);
        Absent.pointer(spec, "podInfoOnMount", false);
        Absent.pointer(spec, "storageCapacity", false);
        Absent.pointer(spec, "fsGroupPolicy", "ReadWriteOnceWithFSType");
        if (Absent.isEmpty(spec, "volumeLifecycleModes")) {
            spec.putArray("volumeLifecycleModes").add("Persistent");
        }
        Absent.pointer(spec, "requiresRepublish", false);
        Absent.pointer(spec, "seLinuxMount", false);
    }
}
