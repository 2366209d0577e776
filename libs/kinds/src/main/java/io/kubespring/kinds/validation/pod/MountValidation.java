package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where a container mounts the Pod's volumes. */
final class MountValidation {

    private static final List<String> PROPAGATIONS = List.of("None", "HostToContainer", "Bidirectional");

    private MountValidation() {}

    static void container(Field container, Set<String> volumes, Errors errors) {
        boolean privileged = container.at("securityContext", "privileged").flag();
        Set<String> paths = new HashSet<>();
        for (Field mount : container.at("volumeMounts").items()) {
            mount(mount, volumes, paths, errors);
            Field propagation = mount.at("mountPropagation");
            if (!propagation.empty()) {
                errors.oneOf(propagation, PROPAGATIONS);
                if (propagation.isText("Bidirectional") && !privileged) {
                    errors.forbidden(
                            propagation, "Bidirectional mount propagation is available only to privileged containers");
                }
            }
        }
        for (Field device : container.at("volumeDevices").items()) {
            named(device.at("name"), volumes, errors);
            if (device.at("devicePath").empty()) {
                errors.required(device.at("devicePath"), "");
            } else if (!paths.add(device.at("devicePath").text())) {
                errors.invalid(device.at("devicePath"), "must be unique");
            }
        }
    }

    private static void mount(Field mount, Set<String> volumes, Set<String> paths, Errors errors) {
        named(mount.at("name"), volumes, errors);
        Field path = mount.at("mountPath");
        if (path.empty()) {
            errors.required(path, "");
        } else if (!paths.add(path.text())) {
            errors.invalid(path, "must be unique");
        }
        if (!mount.at("subPath").empty()) {
            PathRules.descending(mount.at("subPath"), errors);
        }
        Field expression = mount.at("subPathExpr");
        if (!expression.empty()) {
            if (!mount.at("subPath").empty()) {
                errors.invalid(expression, "subPathExpr and subPath are mutually exclusive");
            }
            PathRules.descending(expression, errors);
        }
    }

    private static void named(Field name, Set<String> volumes, Errors errors) {
        if (name.empty()) {
            errors.required(name, "");
        } else if (!volumes.contains(name.text())) {
            errors.notFound(name);
        }
    }
}
