package io.kubespring.kinds.validation.storage;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.NameChecks;
import java.util.List;
import java.util.Map;

/** Where the data of a PersistentVolume lies: each source with the fields that it cannot do without. */
final class VolumeSources {

    /** In upstream's order, which decides what is too much where there are several. */
    static final List<String> ALL = List.of(
            "hostPath",
            "gcePersistentDisk",
            "awsElasticBlockStore",
            "glusterfs",
            "flocker",
            "nfs",
            "rbd",
            "quobyte",
            "cephfs",
            "iscsi",
            "cinder",
            "fc",
            "flexVolume",
            "azureFile",
            "vsphereVolume",
            "photonPersistentDisk",
            "portworxVolume",
            "azureDisk",
            "scaleIO",
            "local",
            "storageos",
            "csi");

    private static final Map<String, List<String>> REQUIRED = Map.ofEntries(
            Map.entry("hostPath", List.of("path")),
            Map.entry("gcePersistentDisk", List.of("pdName")),
            Map.entry("awsElasticBlockStore", List.of("volumeID")),
            Map.entry("glusterfs", List.of("endpoints", "path")),
            Map.entry("nfs", List.of("server", "path")),
            Map.entry("rbd", List.of("monitors", "image")),
            Map.entry("quobyte", List.of("registry", "volume")),
            Map.entry("cephfs", List.of("monitors")),
            Map.entry("iscsi", List.of("targetPortal", "iqn")),
            Map.entry("cinder", List.of("volumeID")),
            Map.entry("flexVolume", List.of("driver")),
            Map.entry("azureFile", List.of("secretName", "shareName")),
            Map.entry("vsphereVolume", List.of("volumePath")),
            Map.entry("photonPersistentDisk", List.of("pdID")),
            Map.entry("portworxVolume", List.of("volumeID")),
            Map.entry("azureDisk", List.of("diskName", "diskURI")),
            Map.entry("scaleIO", List.of("gateway", "system", "volumeName")),
            Map.entry("local", List.of("path")),
            Map.entry("csi", List.of("volumeHandle")));

    private static final List<String> HOST_PATH_TYPES = List.of(
            "", "DirectoryOrCreate", "Directory", "FileOrCreate", "File", "Socket", "CharDevice", "BlockDevice");
    private static final List<String> CSI_SECRETS = List.of(
            "controllerPublishSecretRef",
            "nodeStageSecretRef",
            "nodePublishSecretRef",
            "controllerExpandSecretRef",
            "nodeExpandSecretRef");
    private static final int BYTE = 255;

    private VolumeSources() {}

    static void check(String kind, Field source, Errors errors) {
        if (kind.equals("csi")) {
            NameChecks.csiDriver(source.at("driver"), errors);
        }
        for (String each : REQUIRED.getOrDefault(kind, List.of())) {
            if (source.at(each).empty()) {
                errors.required(source.at(each), "");
            }
        }
        switch (kind) {
            case "hostPath" -> {
                noBacksteps(source.at("path"), errors);
                errors.oneOf(source.at("type"), HOST_PATH_TYPES);
            }
            case "local" -> noBacksteps(source.at("path"), errors);
            case "nfs" -> {
                if (!source.at("path").text().startsWith("/")) {
                    errors.invalid(source.at("path"), "must be an absolute path");
                }
            }
            case "gcePersistentDisk", "awsElasticBlockStore" -> smallNumber(source.at("partition"), errors);
            case "flocker" -> flocker(source, errors);
            case "iscsi" -> iscsi(source, errors);
            case "fc" -> fibreChannel(source, errors);
            case "cinder", "storageos", "rbd", "cephfs", "scaleIO" -> secret(source.at("secretRef"), kind, errors);
            case "csi" -> CSI_SECRETS.forEach(each -> secret(source.at(each), kind, errors));
            default -> {}
        }
    }

    private static void noBacksteps(Field path, Errors errors) {
        if (List.of(path.text().split("/", -1)).contains("..")) {
            errors.invalid(path, "must not contain '..'");
        }
    }

    private static void smallNumber(Field number, Errors errors) {
        if (number.number() < 0 || number.number() > BYTE) {
            errors.invalid(number, "must be between 0 and 255, inclusive");
        }
    }

    private static void flocker(Field source, Errors errors) {
        Field name = source.at("datasetName");
        boolean byId = !source.at("datasetUUID").empty();
        if (name.empty() && !byId) {
            errors.required(source, "one of datasetName and datasetUUID is required");
        }
        if (!name.empty() && byId) {
            errors.invalid(source, "resource", "datasetName and datasetUUID can not be specified simultaneously");
        }
        if (name.text().contains("/")) {
            errors.invalid(name, "must not contain '/'");
        }
    }

    private static void iscsi(Field source, Errors errors) {
        String name = source.at("iqn").text();
        if (!name.isEmpty() && !name.startsWith("iqn") && !name.startsWith("eui") && !name.startsWith("naa")) {
            errors.invalid(source.at("iqn"), "must be valid format starting with iqn, eui, or naa");
        }
        smallNumber(source.at("lun"), errors);
        boolean authenticated = source.at("chapAuthDiscovery").flag()
                || source.at("chapAuthSession").flag();
        if (authenticated && source.at("secretRef").absent()) {
            errors.required(source.at("secretRef"), "");
        }
    }

    private static void fibreChannel(Field source, Errors errors) {
        boolean names = !source.at("targetWWNs").empty();
        boolean ids = !source.at("wwids").empty();
        if (!names && !ids) {
            errors.required(source.at("targetWWNs"), "must specify either targetWWNs or wwids, but not both");
        }
        if (names && ids) {
            errors.invalid(source.at("targetWWNs"), "targetWWNs and wwids can not be specified simultaneously");
        }
        if (names) {
            if (source.at("lun").absent()) {
                errors.required(source.at("lun"), "lun is required if targetWWNs is specified");
            } else {
                smallNumber(source.at("lun"), errors);
            }
        }
    }

    private static void secret(Field reference, String kind, Errors errors) {
        if (reference.absent()) {
            return;
        }
        boolean elsewhere = kind.equals("csi") || kind.equals("cinder") || kind.equals("storageos");
        for (String each : elsewhere ? List.of("name", "namespace") : List.of("name")) {
            if (reference.at(each).empty()) {
                errors.required(reference.at(each), "");
            }
        }
    }
}
