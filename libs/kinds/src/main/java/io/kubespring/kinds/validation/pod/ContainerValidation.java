package io.kubespring.kinds.validation.pod;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.pod.PodContainers;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The containers of a Pod: ordinary, init and ephemeral ones; no two have the same name. */
final class ContainerValidation {

    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> MESSAGE_POLICIES = List.of("File", "FallbackToLogsOnError");
    private static final Set<String> EPHEMERAL_ALLOWS = Set.of(
            "name",
            "image",
            "command",
            "args",
            "workingDir",
            "envFrom",
            "env",
            "volumeMounts",
            "volumeDevices",
            "terminationMessagePath",
            "terminationMessagePolicy",
            "imagePullPolicy",
            "securityContext",
            "stdin",
            "stdinOnce",
            "tty",
            "targetContainerName");

    private final Field spec;
    private final Volumes volumes;
    private final Set<String> claims;
    private final Errors errors;

    ContainerValidation(Field spec, Volumes volumes, Set<String> claims, Errors errors) {
        this.spec = spec;
        this.volumes = volumes;
        this.claims = claims;
        this.errors = errors;
    }

    void all() {
        Set<String> names = new HashSet<>();
        Field containers = spec.at("containers");
        if (containers.empty()) {
            errors.required(containers, "");
        }
        for (Field container : containers.items()) {
            common(container);
            unique(container, names);
            ProbeValidation.container(container, spec, errors);
            RestartRules.check(container, errors);
        }
        PortValidation.uniqueHostPorts(containers.items(), containers, errors);
        for (Field container : spec.at("initContainers").items()) {
            init(container, names);
        }
        Set<String> targets = Set.copyOf(names);
        for (Field container : spec.at("ephemeralContainers").items()) {
            ephemeral(container, names, targets);
        }
    }

    private void init(Field container, Set<String> names) {
        common(container);
        RestartRules.check(container, errors);
        unique(container, names);
        // They run one by one, so ports of different ones do not clash; upstream counts from zero each time.
        PortValidation.uniqueHostPorts(List.of(container), spec.at("initContainers"), errors);
        if (PodContainers.restarts(container)) {
            ProbeValidation.container(container, spec, errors);
            return;
        }
        for (String each : List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.at(each).present()) {
                errors.forbidden(container.at(each), "may not be set for init containers without restartPolicy=Always");
            }
        }
    }

    private void ephemeral(Field container, Set<String> names, Set<String> targets) {
        common(container);
        ImageRules.trimmed(container, errors);
        unique(container, names);
        Field target = container.at("targetContainerName");
        if (!target.empty() && !targets.contains(target.text())) {
            errors.notFound(target);
        }
        if (container.value() instanceof ObjectNode object) {
            for (String field : object.propertyNames()) {
                // Upstream writes an empty struct for resources.
                if (!EPHEMERAL_ALLOWS.contains(field) && !container.at(field).empty()) {
                    errors.forbidden(container.at(field), "cannot be set for an Ephemeral Container");
                }
            }
        }
        for (Field mount : container.at("volumeMounts").items()) {
            for (String each : List.of("subPath", "subPathExpr")) {
                if (!mount.at(each).empty()) {
                    errors.forbidden(mount.at(each), "cannot be set for an Ephemeral Container");
                }
            }
        }
    }

    private void unique(Field container, Set<String> names) {
        Field name = container.at("name");
        if (!name.empty() && !names.add(name.text())) {
            errors.duplicate(name);
        }
    }

    private void common(Field container) {
        Field name = container.at("name");
        if (name.empty()) {
            errors.required(name, "");
        } else {
            errors.invalid(name, Names.dnsLabel(name.text()));
        }
        if (container.at("image").empty()) {
            errors.required(container.at("image"), "");
        }
        errors.requireOneOf(container.at("terminationMessagePolicy"), MESSAGE_POLICIES);
        PortValidation.container(container.at("ports"), errors);
        EnvValidation.variables(container.at("env"), volumes, errors);
        EnvValidation.from(container.at("envFrom"), errors);
        MountValidation.container(container, volumes, errors);
        errors.requireOneOf(container.at("imagePullPolicy"), PULL_POLICIES);
        ResourceValidation.container(container.at("resources"), claims, errors);
        ResourceValidation.resizePolicy(
                container.at("resizePolicy"), spec.at("restartPolicy").text(), errors);
        SecurityValidation.container(container.at("securityContext"), spec, errors);
    }
}
