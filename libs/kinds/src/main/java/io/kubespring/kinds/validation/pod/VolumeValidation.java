package io.kubespring.kinds.validation.pod;

import io.kubespring.api.names.Names;
import io.kubespring.api.quantity.Quantity;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.LabelValidation;
import io.kubespring.kinds.validation.meta.Quantities;
import io.kubespring.kinds.validation.storage.ClaimValidation;
import io.kubespring.kinds.validation.storage.LegacyVolumes;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** The volumes of a Pod: each has a name of its own and exactly one source. */
final class VolumeValidation {

    private static final List<String> HOST_PATH_TYPES = List.of(
            "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket");
    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
    /** In the order in which upstream looks at them: the second one found is one too many. */
    private static final List<String> KINDS = List.of(
            "emptyDir",
            "hostPath",
            "gitRepo",
            "gcePersistentDisk",
            "awsElasticBlockStore",
            "secret",
            "nfs",
            "iscsi",
            "glusterfs",
            "flocker",
            "persistentVolumeClaim",
            "rbd",
            "cinder",
            "cephfs",
            "quobyte",
            "downwardAPI",
            "fc",
            "flexVolume",
            "configMap",
            "azureFile",
            "vsphereVolume",
            "photonPersistentDisk",
            "portworxVolume",
            "azureDisk",
            "storageos",
            "projected",
            "scaleIO",
            "csi",
            "ephemeral",
            "image");

    private static final Set<String> TEMPLATE_METADATA = Set.of("annotations", "labels");
    private static final int DRIVER_MAX = 63;

    private VolumeValidation() {}

    static Volumes volumes(Field list, Owner owner, Errors errors) {
        Volumes valid = new Volumes();
        Set<String> created = list.items().stream()
                .filter(each -> each.at("ephemeral").present() && !owner.name().isEmpty())
                .map(each -> owner.name() + "-" + each.at("name").text())
                .collect(Collectors.toSet());
        for (Field volume : list.items()) {
            int before = errors.list().size();
            source(volume, owner, errors);
            Field name = volume.at("name");
            if (name.empty()) {
                errors.required(name, "");
            } else {
                errors.invalid(name, Names.dnsLabel(name.text()));
            }
            if (valid.has(name.text())) {
                errors.duplicate(name);
            }
            if (errors.list().size() == before) {
                valid.add(volume);
            }
            Field claim = volume.at("persistentVolumeClaim", "claimName");
            if (created.contains(claim.text())) {
                errors.invalid(claim, "must not reference a PVC that gets created for an ephemeral volume");
            }
        }
        return valid;
    }

    private static void source(Field volume, Owner owner, Errors errors) {
        boolean found = false;
        if (volume.value() instanceof ObjectNode object) {
            for (String kind : KINDS) {
                if (object.path(kind).isObject()) {
                    if (found) {
                        errors.forbidden(volume.at(kind), "may not specify more than 1 volume type");
                    } else {
                        one(kind, volume.at(kind), owner, errors);
                    }
                    found = true;
                }
            }
        }
        if (!found) {
            errors.required(volume, "must specify a volume type");
        }
        if (volume.at("ephemeral").present()
                && !owner.name().isEmpty()
                && !volume.at("name").empty()) {
            String claim = owner.name() + "-" + volume.at("name").text();
            for (String message : Names.dnsSubdomain(claim)) {
                errors.invalid(volume.at("name"), "PVC name \"" + claim + "\": " + message);
            }
        }
    }

    private static void one(String kind, Field source, Owner owner, Errors errors) {
        switch (kind) {
            case "emptyDir" -> {
                Quantity limit = Quantities.read(source.at("sizeLimit"));
                if (limit != null && limit.signum() < 0) {
                    errors.forbidden(source.at("sizeLimit"), "SizeLimit field must be a valid resource quantity");
                }
            }
            case "hostPath" -> hostPath(source, errors);
            case "secret" -> keys(source, "secretName", errors);
            case "configMap" -> keys(source, "name", errors);
            case "persistentVolumeClaim" -> require(source.at("claimName"), errors);
            case "downwardAPI" -> {
                PathRules.mode(source.at("defaultMode"), errors);
                DownwardValidation.files(source.at("items"), source, errors);
            }
            case "projected" -> ProjectedValidation.check(source, errors);
            case "csi" -> csi(source, errors);
            case "image" -> {
                if (owner.pod()) {
                    require(source.at("reference"), errors);
                }
                errors.oneOf(source.at("pullPolicy"), PULL_POLICIES);
            }
            case "ephemeral" -> ephemeral(source.at("volumeClaimTemplate"), errors);
            case "gitRepo" -> {
                require(source.at("repository"), errors);
                PathRules.descending(source.at("directory"), errors);
            }
            default -> LegacyVolumes.check(kind, source, errors);
        }
    }

    private static void hostPath(Field source, Errors errors) {
        if (source.at("path").empty()) {
            errors.required(source.at("path"), "");
            return;
        }
        PathRules.noBacksteps(source.at("path"), errors);
        errors.oneOf(source.at("type"), HOST_PATH_TYPES);
    }

    private static void keys(Field source, String name, Errors errors) {
        require(source.at(name), errors);
        PathRules.mode(source.at("defaultMode"), errors);
        source.at("items").items().forEach(each -> keyToPath(each, errors));
    }

    static void keyToPath(Field item, Errors errors) {
        require(item.at("key"), errors);
        require(item.at("path"), errors);
        PathRules.file(item.at("path"), errors);
        PathRules.mode(item.at("mode"), errors);
    }

    private static void csi(Field source, Errors errors) {
        Field driver = source.at("driver");
        require(driver, errors);
        if (driver.text().length() > DRIVER_MAX) {
            errors.tooLong(driver, DRIVER_MAX);
        }
        errors.invalid(driver, Names.dnsSubdomain(driver.text().toLowerCase(Locale.ROOT)));
        Field secret = source.at("nodePublishSecretRef");
        if (secret.present()) {
            if (secret.at("name").empty()) {
                errors.required(secret.at("name"), "");
            } else {
                // Upstream's path leaves the reference out.
                errors.invalid(
                        source.at("name").withValue(secret.at("name").value()),
                        Names.dnsSubdomain(secret.at("name").text()));
            }
        }
    }

    private static void ephemeral(Field template, Errors errors) {
        if (template.absent()) {
            errors.required(template, "");
            return;
        }
        Field metadata = template.at("metadata");
        LabelValidation.annotations(metadata.at("annotations"), errors);
        LabelValidation.labels(metadata.at("labels"), errors);
        if (metadata.value() instanceof ObjectNode object) {
            for (String field : object.propertyNames()) {
                if (!TEMPLATE_METADATA.contains(field) && !metadata.at(field).empty()) {
                    errors.forbidden(metadata.at(field), "cannot be set");
                }
            }
        }
        ClaimValidation.spec(template.at("spec"), errors);
    }

    static void require(Field text, Errors errors) {
        if (text.empty()) {
            errors.required(text, "");
        }
    }
}
