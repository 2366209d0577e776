package io.kubespring.kinds.validation.storage;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.NameChecks;
import java.util.List;

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

    private static final List<String> HOST_PATH_TYPES = List.of(
            "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket");
    private static final List<String> CSI_SECRETS = List.of(
            "controllerPublishSecretRef", "controllerExpandSecretRef", "nodePublishSecretRef", "nodeExpandSecretRef");

    private VolumeSources() {}

    static void check(String kind, Field source, Errors errors) {
        switch (kind) {
            case "hostPath" -> {
                path(source.at("path"), errors);
                if (source.at("type").present()) {
                    errors.oneOf(source.at("type"), HOST_PATH_TYPES);
                }
            }
            case "local" -> path(source.at("path"), errors);
            case "csi" -> csi(source, errors);
            default -> {
                LegacyVolumes.check(kind, source, errors);
                ofVolumesOnly(kind, source, errors);
            }
        }
    }

    /** What a Pod's volume finds in the Pod's namespace, and a PersistentVolume has to name. */
    private static void ofVolumesOnly(String kind, Field source, Errors errors) {
        switch (kind) {
            case "glusterfs" -> {
                Field namespace = source.at("endpointsNamespace");
                if (namespace.present() && namespace.empty()) {
                    errors.invalid(namespace, "", "if the endpointnamespace is set, it must be a valid namespace name");
                } else if (namespace.present()) {
                    errors.invalid(namespace, Names.dnsLabel(namespace.text()));
                }
            }
            case "azureFile" -> {
                if (source.at("secretNamespace").present()) {
                    require(source.at("secretNamespace"), errors);
                }
            }
            case "cinder", "storageos" -> {
                if (source.at("secretRef").present()) {
                    require(source.at("secretRef", "namespace"), errors);
                }
            }
            default -> {}
        }
    }

    private static void path(Field path, Errors errors) {
        require(path, errors);
        if (List.of(path.text().split("/", -1)).contains("..")) {
            errors.invalid(path, "must not contain '..'");
        }
    }

    private static void csi(Field source, Errors errors) {
        NameChecks.csiDriver(source.at("driver"), errors);
        require(source.at("volumeHandle"), errors);
        for (String each : CSI_SECRETS) {
            Field reference = source.at(each);
            if (reference.present()) {
                named(
                        reference.at("name"),
                        Names.dnsSubdomain(reference.at("name").text()),
                        errors);
                named(
                        reference.at("namespace"),
                        Names.dnsLabel(reference.at("namespace").text()),
                        errors);
            }
        }
    }

    private static void named(Field field, List<String> messages, Errors errors) {
        if (field.empty()) {
            errors.required(field, "");
        } else {
            errors.invalid(field, messages);
        }
    }

    private static void require(Field field, Errors errors) {
        if (field.empty()) {
            errors.required(field, "");
        }
    }
}
