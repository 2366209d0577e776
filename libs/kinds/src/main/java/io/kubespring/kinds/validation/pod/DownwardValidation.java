package io.kubespring.kinds.validation.pod;

import io.kubespring.api.names.Names;
import io.kubespring.api.quantity.Quantity;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.Quantities;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The downward API: what variables and files can be told of their own Pod and container. */
final class DownwardValidation {

    private static final Set<String> VOLUME_FIELDS =
            Set.of("metadata.name", "metadata.namespace", "metadata.labels", "metadata.annotations", "metadata.uid");
    private static final Set<String> CONVERTIBLE = Set.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "metadata.labels",
            "metadata.annotations",
            "spec.nodeName",
            "spec.serviceAccountName",
            "spec.restartPolicy",
            "spec.schedulerName",
            "spec.host",
            "status.phase",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");
    private static final Pattern SUBSCRIPT = Pattern.compile("(.+)\\['(.*)'\\]");
    private static final List<String> RESOURCES = List.of(
            "limits.cpu",
            "limits.ephemeral-storage",
            "limits.memory",
            "requests.cpu",
            "requests.ephemeral-storage",
            "requests.memory");
    private static final List<String> SIZES =
            List.of("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei");

    private DownwardValidation() {}

    /** The files of a volume; upstream names {@code holder}, never the item. */
    static void files(Field items, Field holder, Errors errors) {
        for (Field item : items.items()) {
            Field at = holder.withValue(item.value());
            if (at.at("path").empty()) {
                errors.required(at.at("path"), "");
            }
            PathRules.file(at.at("path"), errors);
            if (at.at("fieldRef").present()) {
                field(at.at("fieldRef"), VOLUME_FIELDS, errors);
                if (at.at("resourceFieldRef").present()) {
                    errors.invalid(at, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
                }
            } else if (at.at("resourceFieldRef").present()) {
                resource(at.at("resourceFieldRef"), true, errors);
            } else {
                errors.required(at, "one of fieldRef and resourceFieldRef is required");
            }
            PathRules.mode(at.at("mode"), errors);
        }
    }

    static void field(Field reference, Set<String> supported, Errors errors) {
        if (reference.at("apiVersion").empty()) {
            errors.required(reference.at("apiVersion"), "");
            return;
        }
        Field path = reference.at("fieldPath");
        if (path.empty()) {
            errors.required(path, "");
            return;
        }
        Matcher subscript = SUBSCRIPT.matcher(path.text());
        if (subscript.matches()) {
            String map = subscript.group(1);
            String key = subscript.group(2);
            switch (map) {
                case "metadata.annotations" -> key(reference, key.toLowerCase(Locale.ROOT), errors);
                case "metadata.labels" -> key(reference, key, errors);
                default ->
                    errors.invalid(
                            path, "error converting fieldPath: field label does not support subscript: " + path.text());
            }
        } else if (!CONVERTIBLE.contains(path.text())) {
            errors.invalid(path, "error converting fieldPath: field label not supported: " + path.text());
        } else if (!supported.contains(path.text().equals("spec.host") ? "spec.nodeName" : path.text())) {
            errors.notSupported(path, supported.stream().sorted().toList());
        }
    }

    private static void key(Field reference, String key, Errors errors) {
        for (String message : Names.qualifiedName(key)) {
            errors.invalid(reference, key, message);
        }
    }

    /** @param ofVolume whether the container must be named, since a volume is in none */
    static void resource(Field reference, boolean ofVolume, Errors errors) {
        Field resource = reference.at("resource");
        String name = resource.text();
        boolean hugePages = name.startsWith("requests.hugepages-") || name.startsWith("limits.hugepages-");
        if (ofVolume && reference.at("containerName").empty()) {
            errors.required(reference.at("containerName"), "");
        } else if (resource.empty()) {
            errors.required(resource, "");
        } else if (!RESOURCES.contains(name) && !hugePages) {
            errors.notSupported(resource, RESOURCES);
        }
        Quantity divisor = Quantities.read(reference.at("divisor"));
        if (divisor == null || divisor.signum() == 0) {
            return;
        }
        switch (name) {
            case "limits.cpu", "requests.cpu" ->
                divisor(reference, divisor, List.of("1m", "1"), "values 1m and 1 are supported with the cpu", errors);
            case "limits.memory", "requests.memory" -> size(reference, divisor, "memory", errors);
            case "limits.ephemeral-storage", "requests.ephemeral-storage" ->
                size(reference, divisor, "local ephemeral storage", errors);
            default -> {
                if (hugePages) {
                    size(reference, divisor, "hugepages", errors);
                }
            }
        }
    }

    private static void size(Field reference, Quantity divisor, String what, Errors errors) {
        divisor(
                reference,
                divisor,
                SIZES,
                "values " + String.join(", ", SIZES) + " are supported with the " + what,
                errors);
    }

    private static void divisor(
            Field reference, Quantity divisor, List<String> supported, String which, Errors errors) {
        if (!supported.contains(divisor.toString())) {
            errors.invalid(
                    reference.at("divisor"), reference.at("resource").text(), "only divisor's " + which + " resource");
        }
    }
}
