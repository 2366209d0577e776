package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where a container mounts the Pod's volumes, as file systems or as block devices. */
final class MountValidation {

    private static final List<String> PROPAGATIONS = List.of("Bidirectional", "HostToContainer", "None");
    private static final List<String> RECURSIONS = List.of("Disabled", "Enabled", "IfPossible");

    private MountValidation() {}

    static void container(Field container, Volumes volumes, Errors errors) {
        Field mounts = container.at("volumeMounts");
        Field devices = container.at("volumeDevices");
        Map<String, String> deviceNames = paths(devices, "devicePath");
        Map<String, String> mountNames = paths(mounts, "mountPath");
        boolean privileged = container.at("securityContext", "privileged").flag();
        Set<String> paths = new HashSet<>();
        for (Field mount : mounts.items()) {
            mount(mount, volumes, deviceNames, paths, errors);
            // Upstream's paths leave the number of the mount out.
            sub(mounts.withValue(mount.value()), mount, volumes, privileged, errors);
        }
        devices(devices, volumes, mountNames, errors);
    }

    private static Map<String, String> paths(Field list, String path) {
        Map<String, String> byName = new HashMap<>();
        list.items()
                .forEach(
                        each -> byName.put(each.at("name").text(), each.at(path).text()));
        return byName;
    }

    private static void mount(
            Field mount, Volumes volumes, Map<String, String> devices, Set<String> paths, Errors errors) {
        Field name = mount.at("name");
        if (name.empty()) {
            errors.required(name, "");
        }
        if (!volumes.has(name.text())) {
            errors.notFound(name);
        }
        Field path = mount.at("mountPath");
        if (path.empty()) {
            errors.required(path, "");
        }
        if (!paths.add(path.text())) {
            errors.invalid(path, "must be unique");
        }
        if (devices.containsKey(name.text())) {
            errors.invalid(name, "must not already exist in volumeDevices");
        }
        if (devices.containsValue(path.text())) {
            errors.invalid(path, "must not already exist as a path in volumeDevices");
        }
        if (volumes.isA(name.text(), "image")) {
            for (String each : List.of("subPath", "subPathExpr")) {
                if (!mount.at(each).empty()) {
                    errors.invalid(mount.at(each), "not allowed in image volume sources");
                }
            }
        }
    }

    private static void sub(Field unnumbered, Field mount, Volumes volumes, boolean privileged, Errors errors) {
        if (!mount.at("subPath").empty()) {
            PathRules.descending(unnumbered.at("subPath"), errors);
        }
        if (!mount.at("subPathExpr").empty()) {
            if (!mount.at("subPath").empty()) {
                errors.invalid(mount.at("subPathExpr"), "subPathExpr and subPath are mutually exclusive");
            }
            PathRules.descending(unnumbered.at("subPathExpr"), errors);
        }
        Field propagation = unnumbered.at("mountPropagation");
        if (propagation.present()) {
            errors.oneOf(propagation, PROPAGATIONS);
            if (propagation.isText("Bidirectional") && !privileged) {
                errors.forbidden(
                        propagation, "Bidirectional mount propagation is available only to privileged containers");
            }
        }
        recursive(unnumbered, errors);
    }

    private static void recursive(Field mount, Errors errors) {
        Field recursive = mount.at("recursiveReadOnly");
        if (recursive.absent() || recursive.isText("Disabled")) {
            return;
        }
        if (!RECURSIONS.contains(recursive.text())) {
            errors.notSupported(recursive, RECURSIONS);
            return;
        }
        if (!mount.at("readOnly").flag()) {
            errors.forbidden(recursive, "may only be specified when readOnly is true");
        }
        if (mount.at("mountPropagation").present()
                && !mount.at("mountPropagation").isText("None")) {
            errors.forbidden(recursive, "may only be specified when mountPropagation is None or not specified");
        }
    }

    private static void devices(Field devices, Volumes volumes, Map<String, String> mounts, Errors errors) {
        Set<String> names = new HashSet<>();
        Set<String> paths = new HashSet<>();
        for (Field device : devices.items()) {
            Field name = device.at("name");
            Field path = device.at("devicePath");
            if (name.empty()) {
                errors.required(name, "");
            } else if (!names.add(name.text())) {
                errors.invalid(name, "must be unique");
            }
            if (!volumes.has(name.text())) {
                errors.notFound(name);
            } else if (!volumes.isA(name.text(), "persistentVolumeClaim") && !volumes.isA(name.text(), "ephemeral")) {
                errors.invalid(
                        name, "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
            }
            if (path.empty()) {
                errors.required(path, "");
            }
            if (paths.contains(path.text())) {
                errors.invalid(path, "must be unique");
            }
            if (PathRules.hasBacksteps(path.text())) {
                errors.invalid(path, "can not contain backsteps ('..')");
            } else {
                paths.add(path.text());
            }
            if (mounts.containsKey(name.text())) {
                errors.invalid(name, "must not already exist in volumeMounts");
            }
            if (mounts.containsValue(path.text())) {
                errors.invalid(path, "must not already exist as a path in volumeMounts");
            }
        }
    }
}
