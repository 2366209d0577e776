package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.pod.PodContainers;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.regex.Pattern;

/** Annotations of Pods that mean something: mirror Pods, the cost of a deletion, security profiles of old. */
final class PodAnnotations {

    static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
    private static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String SECCOMP_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
    private static final String LOCALHOST = "localhost/";
    private static final Pattern COST = Pattern.compile("0|-?[1-9][0-9]*");

    private PodAnnotations() {}

    static void check(Field annotations, Field spec, Errors errors) {
        for (Field annotation : annotations.entries()) {
            String name = annotation.name();
            if (name.equals(MIRROR) && spec.at("nodeName").empty()) {
                errors.invalid(annotation, "must set spec.nodeName if mirror pod annotation is set");
            } else if (name.equals(DELETION_COST) && !isCost(annotation.text())) {
                errors.invalid(annotation, "must be a 32bit integer");
            } else if (name.equals(SECCOMP_POD) || name.startsWith(SECCOMP_CONTAINER)) {
                seccomp(annotations.at(name), errors);
            } else if (name.startsWith(APP_ARMOR)) {
                appArmor(annotation, spec, errors);
            }
        }
    }

    private static boolean isCost(String text) {
        if (!COST.matcher(text).matches() || text.length() > 11) {
            return false;
        }
        long cost = Long.parseLong(text);
        return cost >= Integer.MIN_VALUE && cost <= Integer.MAX_VALUE;
    }

    private static void seccomp(Field profile, Errors errors) {
        switch (profile.text()) {
            case "runtime/default", "docker/default", "unconfined" -> {}
            default -> {
                if (profile.text().startsWith(LOCALHOST)) {
                    String path = profile.text().substring(LOCALHOST.length());
                    PathRules.descending(
                            profile.withValue(tools.jackson.databind.node.StringNode.valueOf(path)), errors);
                } else {
                    errors.invalid(profile, "must be a valid seccomp profile");
                }
            }
        }
    }

    private static void appArmor(Field profile, Field spec, Errors errors) {
        String container = profile.name().substring(APP_ARMOR.length());
        if (PodContainers.all(spec).stream().noneMatch(each -> each.at("name").isText(container))) {
            errors.invalid(profile, container, "container not found");
        }
        String text = profile.text();
        if (!text.isEmpty()
                && !text.equals("runtime/default")
                && !text.equals("unconfined")
                && !text.startsWith(LOCALHOST)) {
            errors.invalid(profile, "invalid AppArmor profile name: \"" + text + "\"");
        }
    }

    /** On create, an annotation and the field that replaces it say the same. */
    static void match(Field podOrTemplate, Errors errors) {
        Field annotations = podOrTemplate.at("metadata", "annotations");
        if (annotations.empty()) {
            return;
        }
        Field spec = podOrTemplate.at("spec");
        Field ofPod = spec.at("securityContext");
        match(annotations.key(SECCOMP_POD), ofPod.at("seccompProfile"), ofPod.at("seccompProfile"), "seccomp", errors);
        boolean windows = spec.at("os", "name").isText("windows");
        for (Field container : PodContainers.all(spec)) {
            String name = container.at("name").text();
            Field own = container.at("securityContext");
            Field seccomp = own.at("seccompProfile");
            match(annotations.key(SECCOMP_CONTAINER + name), seccomp, seccomp, "seccomp", errors);
            Field armor = own.at("appArmorProfile");
            if (!windows) {
                match(
                        annotations.key(APP_ARMOR + name),
                        armor.present() ? armor : ofPod.at("appArmorProfile"),
                        armor,
                        "apparmor",
                        errors);
            }
        }
    }

    private static void match(Field annotation, Field profile, Field named, String what, Errors errors) {
        if (annotation.absent() || profile.absent()) {
            return;
        }
        String text = annotation.text();
        boolean typesMatch = switch (profile.at("type").text()) {
            case "Unconfined" -> text.equals("unconfined");
            case "RuntimeDefault" ->
                text.equals("runtime/default") || (what.equals("seccomp") && text.equals("docker/default"));
            case "Localhost" -> text.startsWith(LOCALHOST);
            default -> true;
        };
        if (!typesMatch) {
            errors.forbidden(named.at("type"), what + " type in annotation and field must match");
        } else if (profile.at("type").isText("Localhost")
                && !text.substring(LOCALHOST.length())
                        .equals(profile.at("localhostProfile").text())) {
            errors.forbidden(named.at("localhostProfile"), what + " profile in annotation and field must match");
        }
    }

    static void update(Field next, Field current, Errors errors) {
        for (Field old : current.entries()) {
            Field now = next.key(old.name());
            if (!now.sameAs(old)) {
                fixed(now, old.name(), "may not remove or update ", errors);
            }
        }
        for (Field added : next.entries()) {
            if (current.key(added.name()).absent()) {
                fixed(added, added.name(), "may not add ", errors);
            }
        }
    }

    private static void fixed(Field annotation, String name, String verb, Errors errors) {
        if (name.startsWith(APP_ARMOR)) {
            errors.forbidden(annotation, verb + "AppArmor annotations");
        }
        if (name.equals(MIRROR)) {
            errors.forbidden(annotation, verb + "mirror pod annotation");
        }
    }
}
