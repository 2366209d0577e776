package io.kubespring.apimachinery.print;

import static io.kubespring.apimachinery.print.Fields.UNSET;
import static io.kubespring.apimachinery.print.Fields.at;
import static io.kubespring.apimachinery.print.Fields.text;
import static io.kubespring.apimachinery.print.Fields.textOr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Volumes, claims, and storage.k8s.io. */
final class StorageColumns {

    private static final String GROUP = "storage.k8s.io";
    private static final String CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

    private StorageColumns() {}

    static void register(KindColumns.Registry registry) {
        registry.put(
                "",
                "PersistentVolume",
                Column.objectName(),
                Column.field("Capacity", "How much it holds", "spec", "capacity", "storage"),
                Column.text("Access Modes", "How it can be mounted", it -> modes(at(it, "spec", "accessModes"))),
                Column.field("Reclaim Policy", "What follows its release", "spec", "persistentVolumeReclaimPolicy"),
                Column.text("Status", "Whether it is bound", StorageColumns::phase),
                Column.text("Claim", "The claim it is bound to", StorageColumns::claim),
                Column.text("StorageClass", "Its class", StorageColumns::storageClass),
                attributesClass(),
                Column.field("Reason", "Why it is in its state", "status", "reason"),
                Column.age(),
                volumeMode());
        registry.put(
                "",
                "PersistentVolumeClaim",
                Column.objectName(),
                Column.text("Status", "Whether it is bound", StorageColumns::phase),
                Column.field("Volume", "The volume it is bound to", "spec", "volumeName"),
                Column.text(
                        "Capacity",
                        "How much it holds",
                        it -> bound(it) ? textOr("0", it, "status", "capacity", "storage") : ""),
                Column.text(
                        "Access Modes",
                        "How it can be mounted",
                        it -> bound(it) ? modes(at(it, "status", "accessModes")) : ""),
                Column.text("StorageClass", "Its class", StorageColumns::storageClass),
                attributesClass(),
                Column.age(),
                volumeMode());
        registry.put(
                GROUP,
                "StorageClass",
                Column.objectName(StorageColumns::className),
                Column.field("Provisioner", "What makes the volumes", "provisioner"),
                Column.text("ReclaimPolicy", "What follows a release", it -> textOr("Delete", it, "reclaimPolicy")),
                Column.text(
                        "VolumeBindingMode",
                        "When volumes are made",
                        it -> textOr("Immediate", it, "volumeBindingMode")),
                Column.value(
                        "AllowVolumeExpansion",
                        "Whether volumes can grow",
                        it -> JsonNodeFactory.instance.booleanNode(
                                at(it, "allowVolumeExpansion").asBoolean(false))),
                Column.age());
        registry.put(
                GROUP,
                "VolumeAttributesClass",
                Column.objectName(),
                Column.field("DriverName", "The driver it is for", "driverName"),
                Column.age());
        registry.put(
                GROUP,
                "VolumeAttachment",
                Column.objectName(),
                Column.field("Attacher", "What attaches it", "spec", "attacher").asName(),
                Column.field("PV", "The volume", "spec", "source", "persistentVolumeName"),
                Column.field("Node", "The node it is attached to", "spec", "nodeName"),
                Column.bool(
                        "Attached",
                        "Whether it is",
                        it -> at(it, "status", "attached").asBoolean(false)),
                Column.age());
        registry.put(
                GROUP,
                "CSINode",
                Column.objectName(),
                Column.integer(
                        "Drivers",
                        "How many drivers the node has",
                        it -> at(it, "spec", "drivers").size()),
                Column.age());
        registry.put(
                GROUP,
                "CSIDriver",
                Column.objectName(),
                flag("AttachRequired", "Whether volumes are attached first", "attachRequired", true),
                flag("PodInfoOnMount", "Whether mounts tell of the pod", "podInfoOnMount", false),
                flag("StorageCapacity", "Whether capacity is published", "storageCapacity", false),
                Column.text("TokenRequests", "Audiences of tokens it gets", StorageColumns::audiences),
                flag("RequiresRepublish", "Whether mounts are renewed", "requiresRepublish", false),
                Column.text(
                        "Modes",
                        "Kinds of volumes it has",
                        it -> String.join(",", Fields.texts(at(it, "spec", "volumeLifecycleModes")))),
                Column.age());
    }

    private static Column attributesClass() {
        return Column.text(
                "VolumeAttributesClass",
                "Its attributes' class",
                it -> textOr(UNSET, it, "spec", "volumeAttributesClassName"));
    }

    private static Column volumeMode() {
        return Column.text("VolumeMode", "File system or raw block", it -> textOr(UNSET, it, "spec", "volumeMode"))
                .wide();
    }

    private static Column flag(String name, String description, String field, boolean fallback) {
        return Column.bool(name, description, it -> at(it, "spec", field).asBoolean(fallback));
    }

    private static boolean bound(ObjectNode claim) {
        return !text(claim, "spec", "volumeName").isEmpty();
    }

    private static String phase(ObjectNode object) {
        return Fields.deleted(object) ? "Terminating" : text(object, "status", "phase");
    }

    private static String claim(ObjectNode volume) {
        JsonNode claim = at(volume, "spec", "claimRef");
        return claim.isObject() ? text(claim, "namespace") + "/" + text(claim, "name") : "";
    }

    private static String storageClass(ObjectNode object) {
        return textOr(text(object, "spec", "storageClassName"), object, "metadata", "annotations", CLASS_ANNOTATION);
    }

    private static String className(ObjectNode storageClass) {
        String name = text(storageClass, "metadata", "name");
        boolean standard = text(storageClass, "metadata", "annotations", "storageclass.kubernetes.io/is-default-class")
                .equals("true");
        return standard ? name + " (default)" : name;
    }

    private static String modes(JsonNode modes) {
        List<String> given = Fields.texts(modes);
        List<String> shown = new ArrayList<>();
        for (Map.Entry<String, String> each : List.of(
                Map.entry("ReadWriteOnce", "RWO"),
                Map.entry("ReadOnlyMany", "ROX"),
                Map.entry("ReadWriteMany", "RWX"),
                Map.entry("ReadWriteOncePod", "RWOP"))) {
            if (given.contains(each.getKey())) {
                shown.add(each.getValue());
            }
        }
        return String.join(",", shown);
    }

    private static String audiences(ObjectNode driver) {
        JsonNode requests = at(driver, "spec", "tokenRequests");
        return requests.isEmpty() ? UNSET : Fields.joined(requests, "audience");
    }
}
