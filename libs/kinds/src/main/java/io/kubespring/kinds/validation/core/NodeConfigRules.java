package io.kubespring.kinds.validation.core;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;

/** Where a kubelet once took its configuration from ("Dynamic Kubelet Configuration", removed): still checked, never used. */
final class NodeConfigRules {

    private static final List<String> SOURCES = List.of("assigned", "active", "lastKnownGood");

    private NodeConfigRules() {}

    static void spec(Field source, Errors errors) {
        Field configMap = source.at("configMap");
        if (configMap.absent()) {
            oneReference(source, errors);
            return;
        }
        for (String each : List.of("uid", "resourceVersion")) {
            if (!configMap.at(each).empty()) {
                errors.forbidden(configMap.at(each), each + " must not be set in spec");
            }
        }
        common(configMap, errors);
    }

    static void status(Field config, Errors errors) {
        for (String name : SOURCES) {
            Field source = config.at(name);
            Field configMap = source.at("configMap");
            if (source.present() && configMap.absent()) {
                oneReference(source, errors);
            } else if (source.present()) {
                for (String each : List.of("uid", "resourceVersion")) {
                    if (configMap.at(each).empty()) {
                        errors.required(configMap.at(each), each + " must be set in status");
                    }
                }
                common(configMap, errors);
            }
        }
    }

    private static void oneReference(Field source, Errors errors) {
        errors.invalid(source, source.value(), "exactly one reference subfield must be non-nil");
    }

    private static void common(Field configMap, Errors errors) {
        name(configMap.at("namespace"), Names.dnsLabel(configMap.at("namespace").text()), errors);
        name(configMap.at("name"), Names.dnsSubdomain(configMap.at("name").text()), errors);
        Field key = configMap.at("kubeletConfigKey");
        name(key, Names.configMapKey(key.text()), errors);
    }

    private static void name(Field field, List<String> messages, Errors errors) {
        if (field.empty()) {
            errors.required(field, field.name() + " must be set");
        } else {
            errors.invalid(field, messages);
        }
    }
}
