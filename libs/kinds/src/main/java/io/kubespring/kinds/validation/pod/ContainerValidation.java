package io.kubespring.kinds.validation.pod;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The containers of a Pod: ordinary, init and ephemeral ones; no two have the same name. */
final class ContainerValidation {

    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> MESSAGE_POLICIES = List.of("File", "FallbackToLogsOnError");
    private static final List<String> RESTART_POLICIES = List.of("Always", "Never", "OnFailure");
    private static final List<String> EPHEMERAL_FORBIDS =
            List.of("ports", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle", "resources");

    private final Field spec;
    private final Set<String> volumes;
    private final Errors errors;
    private final Set<String> names = new HashSet<>();

    ContainerValidation(Field spec, Set<String> volumes, Errors errors) {
        this.spec = spec;
        this.volumes = volumes;
        this.errors = errors;
    }

    void all() {
        Field containers = spec.at("containers");
        if (containers.empty()) {
            errors.required(containers, "");
        }
        for (Field container : containers.items()) {
            common(container);
            ProbeValidation.container(container, errors);
            restartPolicy(container);
        }
        PortValidation.uniqueHostPorts(containers, new HashSet<>(), errors);
        for (Field container : spec.at("initContainers").items()) {
            init(container);
        }
        for (Field container : spec.at("ephemeralContainers").items()) {
            ephemeral(container);
        }
    }

    private void init(Field container) {
        common(container);
        restartPolicy(container);
        if (container.at("restartPolicy").isText("Always")) {
            ProbeValidation.container(container, errors);
            return;
        }
        for (String each : List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.at(each).present()) {
                errors.forbidden(container.at(each), "may not be set for init containers without restartPolicy=Always");
            }
        }
    }

    private void ephemeral(Field container) {
        common(container);
        Field target = container.at("targetContainerName");
        if (!target.empty()
                && spec.at("containers").items().stream()
                        .noneMatch(each -> each.at("name").isText(target.text()))
                && spec.at("initContainers").items().stream()
                        .noneMatch(each -> each.at("name").isText(target.text()))) {
            errors.notFound(target);
        }
        for (String each : EPHEMERAL_FORBIDS) {
            if (!container.at(each).empty()) {
                errors.forbidden(container.at(each), "cannot be set for an Ephemeral Container");
            }
        }
        for (Field mount : container.at("volumeMounts").items()) {
            if (!mount.at("subPath").empty()) {
                errors.forbidden(mount.at("subPath"), "cannot be set for an Ephemeral Container");
            }
        }
    }

    private void common(Field container) {
        Field name = container.at("name");
        if (name.empty()) {
            errors.required(name, "");
        } else {
            errors.invalid(name, Names.dnsLabel(name.text()));
            if (!names.add(name.text())) {
                errors.duplicate(name);
            }
        }
        if (container.at("image").empty()) {
            errors.required(container.at("image"), "");
        }
        errors.requireOneOf(container.at("terminationMessagePolicy"), MESSAGE_POLICIES);
        PortValidation.container(container.at("ports"), errors);
        EnvValidation.variables(container.at("env"), errors);
        EnvValidation.from(container.at("envFrom"), errors);
        MountValidation.container(container, volumes, errors);
        errors.requireOneOf(container.at("imagePullPolicy"), PULL_POLICIES);
        ResourceValidation.container(container.at("resources"), errors);
        SecurityValidation.container(container.at("securityContext"), errors);
    }

    private void restartPolicy(Field container) {
        if (container.at("restartPolicy").present()) {
            errors.oneOf(container.at("restartPolicy"), RESTART_POLICIES);
        }
    }
}
