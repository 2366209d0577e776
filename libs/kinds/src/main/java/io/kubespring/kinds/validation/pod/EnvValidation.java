package io.kubespring.kinds.validation.pod;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;
import java.util.Set;

/** Environment variables and where they come from; references to fields of the Pod, which volumes use as well. */
final class EnvValidation {

    private static final List<String> SOURCES =
            List.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef");
    private static final Set<String> ENV_FIELDS = Set.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");
    private static final Set<String> VOLUME_FIELDS =
            Set.of("metadata.name", "metadata.namespace", "metadata.labels", "metadata.annotations", "metadata.uid");
    private static final Set<String> KNOWN_FIELDS =
            Set.of("metadata.labels", "metadata.annotations", "spec.restartPolicy");
    private static final List<String> RESOURCES = List.of(
            "limits.cpu",
            "limits.ephemeral-storage",
            "limits.memory",
            "requests.cpu",
            "requests.ephemeral-storage",
            "requests.memory");

    private EnvValidation() {}

    static void variables(Field env, Errors errors) {
        for (Field variable : env.items()) {
            Field name = variable.at("name");
            if (name.empty()) {
                errors.required(name, "");
            } else {
                errors.invalid(name, Names.envVarName(name.text()));
            }
            if (variable.at("valueFrom").present()) {
                source(variable.at("valueFrom"), !variable.at("value").empty(), errors);
            }
        }
    }

    private static void source(Field source, boolean hasValue, Errors errors) {
        long sources =
                SOURCES.stream().filter(each -> source.at(each).present()).count();
        if (source.at("fieldRef").present()) {
            fieldRef(source.at("fieldRef"), ENV_FIELDS, errors);
        }
        if (source.at("resourceFieldRef").present()) {
            resourceRef(source.at("resourceFieldRef"), false, errors);
        }
        keyRef(source.at("configMapKeyRef"), errors);
        keyRef(source.at("secretKeyRef"), errors);
        if (sources == 0) {
            errors.invalid(
                    source,
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or"
                            + " `fileKeyRef`");
        } else if (hasValue) {
            errors.invalid(source, "", "may not be specified when `value` is not empty");
        } else if (sources > 1) {
            errors.invalid(source, "", "may not have more than one field specified at a time");
        }
    }

    private static void keyRef(Field reference, Errors errors) {
        if (reference.absent()) {
            return;
        }
        if (reference.at("name").empty()) {
            errors.required(reference.at("name"), "");
        }
        if (reference.at("key").empty()) {
            errors.required(reference.at("key"), "");
        } else {
            errors.invalid(
                    reference.at("key"), Names.configMapKey(reference.at("key").text()));
        }
    }

    static void volumeFieldRef(Field reference, Errors errors) {
        fieldRef(reference, VOLUME_FIELDS, errors);
    }

    private static void fieldRef(Field reference, Set<String> supported, Errors errors) {
        if (reference.at("apiVersion").empty()) {
            errors.required(reference.at("apiVersion"), "");
            return;
        }
        Field path = reference.at("fieldPath");
        if (path.empty()) {
            errors.required(path, "");
            return;
        }
        int bracket = path.text().indexOf("['");
        if (bracket > 0 && path.text().endsWith("']")) {
            String map = path.text().substring(0, bracket);
            String key = path.text().substring(bracket + 2, path.text().length() - 2);
            switch (map) {
                case "metadata.labels" -> errors.invalid(path, Names.qualifiedName(key));
                case "metadata.annotations" ->
                    errors.invalid(path, Names.qualifiedName(key.toLowerCase(java.util.Locale.ROOT)));
                default -> errors.invalid(path, "does not support subscript");
            }
        } else if (!supported.contains(path.text())) {
            boolean known = ENV_FIELDS.contains(path.text()) || KNOWN_FIELDS.contains(path.text());
            if (known) {
                errors.notSupported(path, List.copyOf(supported));
            } else {
                errors.invalid(path, "error converting fieldPath: field label not supported: " + path.text());
            }
        }
    }

    /** @param ofVolume whether the container must be named, since a volume is in none */
    static void resourceRef(Field reference, boolean ofVolume, Errors errors) {
        if (ofVolume && reference.at("containerName").empty()) {
            errors.required(reference.at("containerName"), "");
            return;
        }
        Field resource = reference.at("resource");
        if (resource.empty()) {
            errors.required(resource, "");
        } else if (!RESOURCES.contains(resource.text()) && !resource.text().contains(".hugepages-")) {
            errors.notSupported(resource, RESOURCES);
        }
    }

    static void from(Field envFrom, Errors errors) {
        for (Field source : envFrom.items()) {
            if (!source.at("prefix").empty()) {
                errors.invalid(
                        source.at("prefix"),
                        Names.envVarName(source.at("prefix").text()));
            }
            boolean configMap = source.at("configMapRef").present();
            boolean secret = source.at("secretRef").present();
            for (String each : List.of("configMapRef", "secretRef")) {
                if (source.at(each).present() && source.at(each).at("name").empty()) {
                    errors.required(source.at(each).at("name"), "");
                }
            }
            if (!configMap && !secret) {
                errors.invalid(source, "", "must specify one of: `configMapRef` or `secretRef`");
            } else if (configMap && secret) {
                errors.invalid(source, "", "may not have more than one field specified at a time");
            }
        }
    }
}
