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

    private static final List<String> PROFILES = List.of("Localhost", "RuntimeDefault", "Unconfined");
    private static final String SYSCTL_PART = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private static final String SYSCTL = "(" + SYSCTL_PART + "[\\./])*" + SYSCTL_PART;
    private static final Pattern SYSCTL_PATTERN = Pattern.compile(SYSCTL);
    private static final int SYSCTL_MAX = 253;

    private SecurityValidation() {}

    static void container(Field context, Errors errors) {
        if (context.absent()) {
            return;
        }
        ids(context, errors);
        profile(context.at("seccompProfile"), "seccomp", errors);
        profile(context.at("appArmorProfile"), "AppArmor", errors);
        if (context.at("procMount").present()) {
            errors.oneOf(context.at("procMount"), List.of("Default", "Unmasked"));
        }
        Field escalation = context.at("allowPrivilegeEscalation");
        if (escalation.present() && !escalation.flag()) {
            if (context.at("privileged").flag()) {
                errors.invalid(context, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
            }
            if (context.at("capabilities", "add").texts().contains("CAP_SYS_ADMIN")) {
                errors.invalid(
                        context, "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
            }
        }
    }

    static void pod(Field spec, Errors errors) {
        Field context = spec.at("securityContext");
        if (spec.at("shareProcessNamespace").flag() && spec.at("hostPID").flag()) {
            errors.invalid(
                    spec.at("shareProcessNamespace"), "ShareProcessNamespace and HostPID cannot both be enabled");
        }
        if (context.absent()) {
            return;
        }
        ids(context, errors);
        if (context.at("fsGroup").present()) {
            Numbers.id(context.at("fsGroup"), errors);
        }
        for (Field group : context.at("supplementalGroups").items()) {
            Numbers.id(group, errors);
        }
        if (context.at("fsGroupChangePolicy").present()) {
            errors.oneOf(context.at("fsGroupChangePolicy"), List.of("Always", "OnRootMismatch"));
        }
        profile(context.at("seccompProfile"), "seccomp", errors);
        profile(context.at("appArmorProfile"), "AppArmor", errors);
        sysctls(context.at("sysctls"), errors);
    }

    private static void ids(Field context, Errors errors) {
        for (String each : List.of("runAsUser", "runAsGroup")) {
            if (context.at(each).present()) {
                Numbers.id(context.at(each), errors);
            }
        }
    }

    private static void profile(Field profile, String what, Errors errors) {
        if (profile.absent()) {
            return;
        }
        Field local = profile.at("localhostProfile");
        errors.requireOneOf(profile.at("type"), PROFILES);
        if (profile.at("type").isText("Localhost")) {
            if (local.empty()) {
                errors.required(local, "must be set when " + what + " type is Localhost");
            } else if (what.equals("seccomp")) {
                PathRules.descending(local, errors);
            }
        } else if (local.present()) {
            errors.invalid(local, "can only be set when " + what + " type is Localhost");
        }
    }

    private static void sysctls(Field sysctls, Errors errors) {
        Set<String> names = new HashSet<>();
        for (Field sysctl : sysctls.items()) {
            Field name = sysctl.at("name");
            if (name.empty()) {
                errors.required(name, "");
            } else if (name.text().length() > SYSCTL_MAX
                    || !SYSCTL_PATTERN.matcher(name.text()).matches()) {
                errors.invalid(
                        name, "must have at most " + SYSCTL_MAX + " characters and match regex ^" + SYSCTL + "$");
            } else if (!names.add(name.text().replace('/', '.'))) {
                errors.duplicate(name);
            }
        }
    }
}
