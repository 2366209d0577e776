package io.kubespring.kinds.defaulting;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Volumes of a pod, and the volume sources that a PersistentVolume shares with them. */
final class VolumeDefaults {

    private static final int FILE_MODE = 0644;

    private VolumeDefaults() {}

    /** A volume of a pod: without any source it is an emptyDir. */
    static void pod(ObjectNode volume) {
        if (volume.properties().stream()
                .noneMatch(
                        each -> !each.getKey().equals("name") && each.getValue().isObject())) {
            volume.putObject("emptyDir");
        }
        for (String each : List.of("secret", "configMap", "downwardAPI", "projected")) {
            Absent.within(volume, source -> Absent.pointer(source, "defaultMode", FILE_MODE), each);
        }
        Absent.within(volume, VolumeDefaults::downwardItems, "downwardAPI");
        Absent.within(volume, VolumeDefaults::projected, "projected");
        Absent.within(
                volume,
                image -> Absent.text(image, "pullPolicy", ImageNames.pullPolicy(Absent.textOf(image, "reference"))),
                "image");
        Absent.within(volume, StorageDefaults::claimSpec, "ephemeral", "volumeClaimTemplate", "spec");
        sources(volume);
    }

    /** The sources that pods and PersistentVolumes have in common. */
    static void sources(ObjectNode holder) {
        Absent.within(holder, source -> Absent.pointer(source, "type", ""), "hostPath");
        Absent.within(holder, source -> Absent.text(source, "iscsiInterface", "default"), "iscsi");
        Absent.within(holder, VolumeDefaults::rbd, "rbd");
        Absent.within(holder, VolumeDefaults::azureDisk, "azureDisk");
        Absent.within(holder, VolumeDefaults::scaleIo, "scaleIO");
    }

    private static void projected(ObjectNode projected) {
        for (ObjectNode source : Absent.each(projected, "sources")) {
            Absent.within(source, VolumeDefaults::downwardItems, "downwardAPI");
            Absent.within(source, token -> Absent.pointer(token, "expirationSeconds", 3600), "serviceAccountToken");
        }
    }

    private static void downwardItems(ObjectNode source) {
        for (ObjectNode item : Absent.each(source, "items")) {
            Absent.within(item, ContainerDefaults::fieldRef, "fieldRef");
        }
    }

    private static void rbd(ObjectNode source) {
        Absent.text(source, "pool", "rbd");
        Absent.text(source, "user", "admin");
        Absent.text(source, "keyring", "/etc/ceph/keyring");
    }

    private static void azureDisk(ObjectNode source) {
        Absent.pointer(source, "cachingMode", "ReadWrite");
        Absent.pointer(source, "kind", "Shared");
        Absent.pointer(source, "fsType", "ext4");
        Absent.pointer(source, "readOnly", false);
    }

    private static void scaleIo(ObjectNode source) {
        Absent.text(source, "storageMode", "ThinProvisioned");
        Absent.text(source, "fsType", "xfs");
    }
}
