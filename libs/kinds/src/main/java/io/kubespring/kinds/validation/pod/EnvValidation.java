package io.kubespring.kinds.validation.pod;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;
import java.util.Set;

/** Environment variables and where they come from. */
final class EnvValidation {

    private static final List<String> SOURCES =
            List.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef");
    static final Set<String> FIELDS = Set.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");

    private EnvValidation() {}

    static void variables(Field env, Volumes volumes, Errors errors) {
        for (Field variable : env.items()) {
            Field name = variable.at("name");
            if (name.empty()) {
                errors.required(name, "");
            } else {
                errors.invalid(name, Names.envVarName(name.text()));
            }
            if (variable.at("valueFrom").present()) {
                source(variable.at("valueFrom"), !variable.at("value").empty(), volumes, errors);
            }
        }
    }

    private static void source(Field source, boolean hasValue, Volumes volumes, Errors errors) {
        long sources =
                SOURCES.stream().filter(each -> source.at(each).present()).count();
        if (source.at("fieldRef").present()) {
            DownwardValidation.field(source.at("fieldRef"), FIELDS, errors);
        }
        if (source.at("resourceFieldRef").present()) {
            DownwardValidation.resource(source.at("resourceFieldRef"), false, errors);
        }
        keyRef(source.at("configMapKeyRef"), errors);
        keyRef(source.at("secretKeyRef"), errors);
        fileRef(source.at("fileKeyRef"), volumes, errors);
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
        errors.invalid(
                reference.at("name"), Names.dnsSubdomain(reference.at("name").text()));
        Field key = reference.at("key");
        if (key.empty()) {
            errors.required(key, "");
        } else {
            errors.invalid(key, Names.configMapKey(key.text()));
        }
    }

    /** A variable of a file that another container wrote (KEP-3721). */
    private static void fileRef(Field reference, Volumes volumes, Errors errors) {
        if (reference.absent()) {
            return;
        }
        Field key = reference.at("key");
        if (key.empty()) {
            errors.required(key, "");
        } else {
            errors.invalid(key, Names.envVarName(key.text()));
        }
        Field volume = reference.at("volumeName");
        if (volume.empty()) {
            errors.required(volume, "");
        } else if (!volumes.has(volume.text())) {
            errors.notFound(volume);
        } else if (!volumes.isA(volume.text(), "emptyDir")) {
            errors.invalid(volume, "referenced volume must be of type emptyDir");
        }
        Field path = reference.at("path");
        if (path.empty()) {
            errors.required(path, "");
        } else {
            PathRules.file(path, errors);
        }
    }

    static void from(Field envFrom, Errors errors) {
        for (Field source : envFrom.items()) {
            Field prefix = source.at("prefix");
            if (!prefix.empty()) {
                errors.invalid(prefix, Names.envVarName(prefix.text()));
            }
            int sources = 0;
            for (String each : List.of("configMapRef", "secretRef")) {
                if (source.at(each).present()) {
                    sources++;
                    reference(source.at(each).at("name"), errors);
                }
            }
            // Upstream names the list, not the item.
            if (sources == 0) {
                errors.invalid(envFrom, "", "must specify one of: `configMapRef` or `secretRef`");
            } else if (sources > 1) {
                errors.invalid(envFrom, "", "may not have more than one field specified at a time");
            }
        }
    }

    private static void reference(Field name, Errors errors) {
        if (name.empty()) {
            errors.required(name, "");
        } else {
            // A trailing dash is let through, as upstream does.
            errors.invalid(name, Names.dnsSubdomain(name.text().replaceFirst("-$", "a")));
        }
    }
}
