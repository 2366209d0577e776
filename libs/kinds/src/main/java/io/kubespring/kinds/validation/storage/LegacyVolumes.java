package io.kubespring.kinds.validation.storage;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The volume types of single storage systems: most of them gone from nodes, all of them still in the API. */
public final class LegacyVolumes {

    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^\\]]*]|[^:]*):[^:]*");
    private static final String PAIRS = "must be a host:port pair or multiple pairs separated by commas";

    private LegacyVolumes() {}

    /** @param kind as the API calls it: "nfs" */
    public static void check(String kind, Field source, Errors errors) {
        switch (kind) {
            // Upstream's path is older than the field's name.
            case "gcePersistentDisk" -> disk(renamed(source, "persistentDisk"), "pdName", errors);
            case "awsElasticBlockStore" -> disk(source, "volumeID", errors);
            case "nfs" -> {
                require(source, errors, "server", "path");
                if (!source.at("path").text().startsWith("/")) {
                    errors.invalid(source.at("path"), source.at("path").text(), "must be an absolute path");
                }
            }
            case "iscsi" -> IscsiVolumes.check(source, errors);
            case "glusterfs" -> require(source, errors, "endpoints", "path");
            case "flocker" -> flocker(source, errors);
            case "rbd" -> require(source, errors, "monitors", "image");
            case "cinder" -> {
                require(source, errors, "volumeID");
                secret(source, errors);
            }
            case "cephfs" -> require(source, errors, "monitors");
            case "quobyte" -> quobyte(source, errors);
            case "fc" -> fibreChannel(source, errors);
            case "flexVolume" -> flex(source, errors);
            case "azureFile" -> require(source, errors, "secretName", "shareName");
            case "vsphereVolume" -> require(source, errors, "volumePath");
            case "photonPersistentDisk" -> require(source, errors, "pdID");
            case "portworxVolume" -> require(source, errors, "volumeID");
            case "azureDisk" -> azureDisk(source, errors);
            case "storageos" -> storageOs(source, errors);
            case "scaleIO" -> require(source, errors, "gateway", "system", "volumeName");
            default -> {}
        }
    }

    private static Field renamed(Field source, String name) {
        String path = source.path();
        return Field.of(path.substring(0, path.lastIndexOf('.') + 1) + name, source.value());
    }

    private static void require(Field source, Errors errors, String... fields) {
        for (String each : fields) {
            if (source.at(each).empty()) {
                errors.required(source.at(each), "");
            }
        }
    }

    private static void secret(Field source, Errors errors) {
        if (source.at("secretRef").present()) {
            require(source.at("secretRef"), errors, "name");
        }
    }

    private static void disk(Field source, String id, Errors errors) {
        require(source, errors, id);
        Field partition = source.at("partition");
        if (partition.number() < 0 || partition.number() > 255) {
            errors.invalid(partition, "must be between 1 and 255, inclusive");
        }
    }

    private static void flocker(Field source, Errors errors) {
        Field name = source.at("datasetName");
        Field id = source.at("datasetUUID");
        if (name.empty() && id.empty()) {
            errors.required(source, "one of datasetName and datasetUUID is required");
        }
        if (!name.empty() && !id.empty()) {
            errors.invalid(source, "resource", "datasetName and datasetUUID can not be specified simultaneously");
        }
        if (name.text().contains("/")) {
            errors.invalid(name, "must not contain '/'");
        }
    }

    private static void quobyte(Field source, Errors errors) {
        Field registry = source.at("registry");
        if (registry.empty()) {
            errors.required(registry, PAIRS);
        } else if (source.at("tenant").text().length() >= 65) {
            errors.required(source.at("tenant"), "must be a UUID and may not exceed a length of 64 characters");
        } else {
            for (String pair : registry.text().split(",", -1)) {
                if (!HOST_AND_PORT.matcher(pair).matches()) {
                    errors.invalid(registry, PAIRS);
                }
            }
        }
        require(source, errors, "volume");
    }

    private static void fibreChannel(Field source, Errors errors) {
        Field targets = source.at("targetWWNs");
        Field ids = source.at("wwids");
        if (targets.empty() && ids.empty()) {
            errors.required(targets, "must specify either targetWWNs or wwids, but not both");
        }
        if (!targets.empty() && !ids.empty()) {
            errors.invalid(targets, "targetWWNs and wwids can not be specified simultaneously");
        }
        if (!targets.empty()) {
            Field lun = source.at("lun");
            if (lun.absent()) {
                errors.required(lun, "lun is required if targetWWNs is specified");
            } else if (lun.number() < 0 || lun.number() > 255) {
                errors.invalid(lun, "must be between 0 and 255, inclusive");
            }
        }
    }

    private static void flex(Field source, Errors errors) {
        require(source, errors, "driver");
        for (Field option : source.at("options").entries()) {
            int slash = option.name().indexOf('/');
            String namespace = slash < 0 ? option.name() : option.name().substring(0, slash);
            String normal = "." + namespace.toLowerCase(Locale.ROOT);
            if (normal.endsWith(".kubernetes.io") || normal.endsWith(".k8s.io")) {
                errors.invalid(option, option.name(), "kubernetes.io and k8s.io namespaces are reserved");
            }
        }
    }

    private static void azureDisk(Field source, Errors errors) {
        require(source, errors, "diskName", "diskURI");
        errors.oneOf(source.at("cachingMode"), List.of("None", "ReadOnly", "ReadWrite"));
        errors.oneOf(source.at("kind"), List.of("Dedicated", "Managed", "Shared"));
        Field uri = source.at("diskURI");
        if (source.at("kind").isText("Managed")) {
            if (!uri.text().startsWith("/subscriptions/")) {
                errors.notSupported(
                        uri,
                        List.of("/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/"
                                + "{disk-id}"));
            }
        } else if (!uri.text().startsWith("https://")) {
            errors.notSupported(
                    uri, List.of("https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd"));
        }
    }

    private static void storageOs(Field source, Errors errors) {
        Field name = source.at("volumeName");
        if (name.empty()) {
            errors.required(name, "");
        } else {
            errors.invalid(name, Names.dnsLabel(name.text()));
        }
        Field namespace = source.at("volumeNamespace");
        if (!namespace.empty()) {
            errors.invalid(namespace, Names.dnsLabel(namespace.text()));
        }
        secret(source, errors);
    }
}
