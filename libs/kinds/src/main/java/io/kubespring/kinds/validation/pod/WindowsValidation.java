package io.kubespring.kinds.validation.pod;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.pod.PodContainers;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;

/** What depends on the operating system: options of Windows, and everything that it does not know. */
final class WindowsValidation {

    private static final List<String> NOT_OF_POD = List.of(
            "appArmorProfile",
            "seLinuxOptions",
            "seccompProfile",
            "fsGroup",
            "fsGroupChangePolicy",
            "sysctls",
            "runAsUser",
            "runAsGroup",
            "supplementalGroups",
            "supplementalGroupsPolicy",
            "seLinuxChangePolicy");
    private static final List<String> NOT_OF_CONTAINER = List.of(
            "appArmorProfile",
            "seLinuxOptions",
            "seccompProfile",
            "capabilities",
            "readOnlyRootFilesystem",
            "privileged",
            "allowPrivilegeEscalation",
            "procMount",
            "runAsUser",
            "runAsGroup");
    private static final int CREDENTIAL_KIB = 64;

    private WindowsValidation() {}

    static void operatingSystem(Field spec, Errors errors) {
        Field os = spec.at("os");
        if (os.absent()) {
            return;
        }
        switch (os.at("name").text()) {
            case "" -> errors.required(os.at("name"), "");
            case "linux" -> linux(spec, errors);
            case "windows" -> windows(spec, errors);
            default -> errors.notSupported(os.withValue(os.at("name").value()), List.of("linux", "windows"));
        }
    }

    private static void linux(Field spec, Errors errors) {
        String why = "windows options cannot be set for a linux pod";
        Field pod = spec.at("securityContext", "windowsOptions");
        if (pod.present()) {
            errors.forbidden(pod, why);
        }
        for (Field container : PodContainers.all(spec)) {
            Field own = container.at("securityContext", "windowsOptions");
            if (own.present()) {
                errors.forbidden(own, why);
            }
        }
    }

    private static void windows(Field spec, Errors errors) {
        NOT_OF_POD.forEach(each -> unset(spec.at("securityContext", each), errors));
        unset(spec.at("hostUsers"), errors);
        unset(spec.at("shareProcessNamespace"), errors);
        for (String each : List.of("hostPID", "hostIPC")) {
            if (spec.at(each).flag()) {
                unset(spec.at(each), errors);
            }
        }
        for (Field container : PodContainers.all(spec)) {
            NOT_OF_CONTAINER.forEach(each -> unset(container.at("securityContext", each), errors));
        }
    }

    private static void unset(Field field, Errors errors) {
        if (field.present()) {
            errors.forbidden(field, "cannot be set for a windows pod");
        }
    }

    /** A Pod's containers run in the host, all of them or none. */
    static void hostProcess(Field spec, Errors errors) {
        Field ofPod = spec.at("securityContext", "windowsOptions").at("hostProcess");
        int containers = 0;
        int inHost = 0;
        for (Field container : PodContainers.all(spec)) {
            Field own = container.at("securityContext", "windowsOptions").at("hostProcess");
            containers++;
            if (ofPod.present() && own.present() && ofPod.flag() != own.flag()) {
                errors.invalid(
                        own, "pod hostProcess value must be identical if both are specified, was " + ofPod.flag());
            }
            inHost += (own.present() ? own.flag() : ofPod.flag()) ? 1 : 0;
        }
        if (inHost == 0) {
            return;
        }
        if (inHost != containers) {
            errors.invalid(
                    spec,
                    "",
                    "If pod contains any hostProcess containers then all containers must be HostProcess containers");
        }
        if (!spec.at("hostNetwork").flag()) {
            errors.invalid(
                    spec.at("hostNetwork"),
                    false,
                    "hostNetwork must be true if pod contains any hostProcess containers");
        }
    }

    static void options(Field options, Errors errors) {
        if (options.absent()) {
            return;
        }
        Field name = options.at("gmsaCredentialSpecName");
        if (name.present()) {
            errors.invalid(name, Names.dnsSubdomain(name.text()));
        }
        Field credential = options.at("gmsaCredentialSpec");
        if (credential.present()) {
            if (credential.empty()) {
                errors.invalid(credential, "gmsaCredentialSpec cannot be an empty string");
            } else if (credential.text().length() > CREDENTIAL_KIB * 1024) {
                errors.invalid(credential, "gmsaCredentialSpec size must be under " + CREDENTIAL_KIB + " KiB");
            }
        }
        if (options.at("runAsUserName").present()) {
            WindowsUserNames.check(options.at("runAsUserName"), errors);
        }
    }
}
