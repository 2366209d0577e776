package io.kubespring.kinds.validation.pod;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.Quantities;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The volumes of a Pod: each has a name of its own and exactly one source. */
final class VolumeValidation {

    private static final List<String> HOST_PATH_TYPES = List.of(
            "", "DirectoryOrCreate", "Directory", "FileOrCreate", "File", "Socket", "CharDevice", "BlockDevice");
    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");

    private VolumeValidation() {}

    /** @return the names that containers can mount */
    static Set<String> volumes(Field volumes, Errors errors) {
        Set<String> names = new HashSet<>();
        for (Field volume : volumes.items()) {
            Field name = volume.at("name");
            if (name.empty()) {
                errors.required(name, "");
            } else {
                List<String> messages = Names.dnsLabel(name.text());
                errors.invalid(name, messages);
                if (messages.isEmpty() && !names.add(name.text())) {
                    errors.duplicate(name);
                }
            }
            source(volume, errors);
        }
        return names;
    }

    private static void source(Field volume, Errors errors) {
        int sources = 0;
        if (volume.value() instanceof ObjectNode object) {
            for (String kind : object.propertyNames()) {
                if (kind.equals("name") || !object.path(kind).isObject()) {
                    continue;
                }
                if (sources++ > 0) {
                    errors.forbidden(volume.at(kind), "may not specify more than 1 volume type");
                } else {
                    one(kind, volume.at(kind), errors);
                }
            }
        }
        if (sources == 0) {
            errors.required(volume, "must specify a volume type");
        }
    }

    private static void one(String kind, Field source, Errors errors) {
        switch (kind) {
            case "emptyDir" -> {
                if (source.at("sizeLimit").present()) {
                    Quantities.nonNegative(source.at("sizeLimit"), errors);
                }
            }
            case "hostPath" -> {
                require(source.at("path"), errors);
                PathRules.noBacksteps(source.at("path"), errors);
                errors.oneOf(source.at("type"), HOST_PATH_TYPES);
            }
            case "secret" -> {
                require(source.at("secretName"), errors);
                files(source, errors);
            }
            case "configMap" -> {
                require(source.at("name"), errors);
                files(source, errors);
            }
            case "persistentVolumeClaim" -> require(source.at("claimName"), errors);
            case "downwardAPI" -> {
                mode(source.at("defaultMode"), errors);
                downwardItems(source.at("items"), errors);
            }
            case "projected" -> projected(source, errors);
            case "nfs" -> nfs(source, errors);
            case "csi" -> require(source.at("driver"), errors);
            case "image" -> {
                require(source.at("reference"), errors);
                errors.oneOf(source.at("pullPolicy"), PULL_POLICIES);
            }
            case "ephemeral" -> {
                if (source.at("volumeClaimTemplate").absent()) {
                    errors.required(source.at("volumeClaimTemplate"), "");
                }
            }
            default -> {}
        }
    }

    private static void nfs(Field source, Errors errors) {
        require(source.at("server"), errors);
        require(source.at("path"), errors);
        if (!source.at("path").empty() && !source.at("path").text().startsWith("/")) {
            errors.invalid(source.at("path"), "must be an absolute path");
        }
    }

    private static void projected(Field source, Errors errors) {
        mode(source.at("defaultMode"), errors);
        Set<String> paths = new HashSet<>();
        for (Field each : source.at("sources").items()) {
            int kinds = 0;
            for (String kind : List.of("secret", "configMap")) {
                if (each.at(kind).present()) {
                    kinds++;
                    require(each.at(kind).at("name"), errors);
                    items(each.at(kind).at("items"), errors);
                    unique(each.at(kind).at("items"), paths, errors);
                }
            }
            if (each.at("downwardAPI").present()) {
                kinds++;
                downwardItems(each.at("downwardAPI", "items"), errors);
                unique(each.at("downwardAPI", "items"), paths, errors);
            }
            if (each.at("serviceAccountToken").present()) {
                kinds++;
                token(each.at("serviceAccountToken"), errors);
            }
            if (each.at("clusterTrustBundle").present()
                    || each.at("podCertificate").present()) {
                kinds++;
            }
            if (kinds > 1) {
                errors.forbidden(each, "may not specify more than 1 volume type per source");
            } else if (kinds == 0) {
                errors.required(
                        each,
                        "must specify one of \"secret\", \"downwardAPI\", \"configMap\", \"serviceAccountToken\"");
            }
        }
    }

    private static void unique(Field items, Set<String> paths, Errors errors) {
        for (Field item : items.items()) {
            if (!item.at("path").empty() && !paths.add(item.at("path").text())) {
                errors.invalid(item.at("path"), "conflicting duplicate paths");
            }
        }
    }

    private static void token(Field token, Errors errors) {
        long seconds = token.at("expirationSeconds").number();
        if (seconds < 600) {
            errors.invalid(token.at("expirationSeconds"), "may not specify a duration less than 10 minutes");
        }
        if (seconds > 1L << 32) {
            errors.invalid(token.at("expirationSeconds"), "may not specify a duration larger than 2^32 seconds");
        }
        require(token.at("path"), errors);
        PathRules.file(token.at("path"), errors);
    }

    private static void files(Field source, Errors errors) {
        mode(source.at("defaultMode"), errors);
        items(source.at("items"), errors);
    }

    private static void items(Field items, Errors errors) {
        for (Field item : items.items()) {
            require(item.at("key"), errors);
            require(item.at("path"), errors);
            PathRules.file(item.at("path"), errors);
            mode(item.at("mode"), errors);
        }
    }

    private static void downwardItems(Field items, Errors errors) {
        for (Field item : items.items()) {
            require(item.at("path"), errors);
            PathRules.file(item.at("path"), errors);
            mode(item.at("mode"), errors);
            boolean field = item.at("fieldRef").present();
            boolean resource = item.at("resourceFieldRef").present();
            if (field && resource) {
                errors.invalid(item, "fieldRef and resourceFieldRef can not be specified simultaneously");
            } else if (field) {
                EnvValidation.volumeFieldRef(item.at("fieldRef"), errors);
            } else if (resource) {
                EnvValidation.resourceRef(item.at("resourceFieldRef"), true, errors);
            } else {
                errors.required(item, "one of fieldRef and resourceFieldRef is required");
            }
        }
    }

    private static void mode(Field mode, Errors errors) {
        if (mode.present() && (mode.number() < 0 || mode.number() > 0777)) {
            errors.invalid(mode, "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }

    private static void require(Field text, Errors errors) {
        if (text.empty()) {
            errors.required(text, "");
        }
    }
}
