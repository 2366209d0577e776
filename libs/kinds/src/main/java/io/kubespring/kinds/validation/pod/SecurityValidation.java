package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.Numbers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Security contexts of containers and Pods. */
final class SecurityValidation {

    private static final String SYSCTL_PART = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private static final String SYSCTL = "(" + SYSCTL_PART + "[\\./])*" + SYSCTL_PART;
    private static final Pattern SYSCTL_PATTERN = Pattern.compile(SYSCTL);
    private static final int SYSCTL_MAX = 253;

    private SecurityValidation() {}

    static void container(Field context, Field spec, Errors errors) {
        if (context.absent()) {
            return;
        }
        ids(context, errors);
        Field proc = context.at("procMount");
        if (proc.present()) {
            errors.oneOf(proc, List.of("Default", "Unmasked"));
            boolean hostUsers =
                    spec.at("hostUsers").absent() || spec.at("hostUsers").flag();
            if (hostUsers && proc.isText("Unmasked")) {
                errors.invalid(proc, "`hostUsers` must be false to use `Unmasked`");
            }
        }
        ProfileValidation.seccomp(context.at("seccompProfile"), errors);
        escalation(context, errors);
        WindowsValidation.options(context.at("windowsOptions"), errors);
        ProfileValidation.appArmor(context.at("appArmorProfile"), errors);
    }

    private static void escalation(Field context, Errors errors) {
        Field escalation = context.at("allowPrivilegeEscalation");
        if (escalation.absent() || escalation.flag()) {
            return;
        }
        if (context.at("privileged").flag()) {
            errors.invalid(context, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        }
        for (String capability : context.at("capabilities", "add").texts()) {
            if (capability.equals("CAP_SYS_ADMIN")) {
                errors.invalid(
                        context, "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
            }
        }
    }

    static void pod(Field spec, Errors errors) {
        Field context = spec.at("securityContext");
        if (context.at("fsGroup").present()) {
            Numbers.id(context.at("fsGroup"), errors);
        }
        ids(context, errors);
        for (Field group : context.at("supplementalGroups").items()) {
            Numbers.id(group, errors);
        }
        Field shared = spec.at("shareProcessNamespace");
        if (shared.flag() && spec.at("hostPID").flag()) {
            // Upstream keeps it in the security context, and its path says so.
            errors.invalid(
                    context.at("shareProcessNamespace").withValue(shared.value()),
                    "ShareProcessNamespace and HostPID cannot both be enabled");
        }
        if (context.absent()) {
            return;
        }
        sysctls(context.at("sysctls"), spec, errors);
        optional(context.at("fsGroupChangePolicy"), List.of("Always", "OnRootMismatch"), errors);
        ProfileValidation.seccomp(context.at("seccompProfile"), errors);
        WindowsValidation.options(context.at("windowsOptions"), errors);
        ProfileValidation.appArmor(context.at("appArmorProfile"), errors);
        optional(context.at("supplementalGroupsPolicy"), List.of("Merge", "Strict"), errors);
        optional(context.at("seLinuxChangePolicy"), List.of("Recursive"), errors);
    }

    private static void optional(Field field, List<String> supported, Errors errors) {
        if (field.present()) {
            errors.oneOf(field, supported);
        }
    }

    private static void ids(Field context, Errors errors) {
        for (String each : List.of("runAsUser", "runAsGroup")) {
            if (context.at(each).present()) {
                Numbers.id(context.at(each), errors);
            }
        }
    }

    private static void sysctls(Field sysctls, Field spec, Errors errors) {
        Set<String> names = new HashSet<>();
        for (Field sysctl : sysctls.items()) {
            Field name = sysctl.at("name");
            if (name.empty()) {
                errors.required(name, "");
            } else if (name.text().length() > SYSCTL_MAX
                    || !SYSCTL_PATTERN.matcher(name.text()).matches()) {
                errors.invalid(
                        name, "must have at most " + SYSCTL_MAX + " characters and match regex ^" + SYSCTL + "$");
            } else if (!names.add(name.text())) {
                errors.duplicate(name);
            }
            String dotted = name.text().replace('/', '.');
            if (spec.at("hostNetwork").flag() && dotted.startsWith("net.")) {
                errors.invalid(name, "may not be specified when 'hostNetwork' is true");
            } else if (spec.at("hostIPC").flag() && isIpc(dotted)) {
                errors.invalid(name, "may not be specified when 'hostIPC' is true");
            }
        }
    }

    /** The parameters of shared memory, semaphores and message queues. */
    private static boolean isIpc(String name) {
        return name.startsWith("kernel.shm")
                || name.startsWith("kernel.msg")
                || name.startsWith("fs.mqueue.")
                || name.equals("kernel.sem");
    }
}
