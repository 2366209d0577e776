package io.kubespring.kinds.validation.meta;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import java.util.List;
import java.util.regex.Pattern;

/** Names in a spec that point at something else. */
public final class NameChecks {

    private static final String PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
    private static final Pattern HTTP_PATH = Pattern.compile(PATH);
    private static final int CSI_DRIVER_MAX = 63;

    private NameChecks() {}

    /** "example.com/anything": a domain and a path. */
    public static void domainPrefixedPath(Field field, Errors errors) {
        if (field.empty()) {
            errors.required(field, "");
            return;
        }
        String[] parts = field.text().split("/", 2);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            errors.invalid(field, "must be a domain-prefixed path (such as \"acme.io/foo\")");
            return;
        }
        for (String message : Names.dnsSubdomain(parts[0])) {
            errors.invalid(field, parts[0], message);
        }
        if (!HTTP_PATH.matcher(parts[1]).matches()) {
            errors.invalid(field, parts[1], "Invalid path (regex used for validation is '" + PATH + "')");
        }
    }

    /** A name of at least three segments: "hook.example.com". */
    public static void fullyQualified(Field name, Errors errors) {
        if (name.empty()) {
            errors.required(name, "");
            return;
        }
        List<String> messages = Names.dnsSubdomain(name.text());
        errors.invalid(name, messages);
        if (messages.isEmpty() && name.text().split("\\.", -1).length < 3) {
            errors.invalid(name, "should be a domain with at least three segments separated by dots");
        }
    }

    /** A reference by optional apiGroup, kind and name. */
    public static void reference(Field reference, Errors errors) {
        if (reference.at("apiGroup").present()) {
            errors.invalid(
                    reference.at("apiGroup"),
                    Names.dnsSubdomain(reference.at("apiGroup").text()));
        }
        for (String each : List.of("kind", "name")) {
            Field field = reference.at(each);
            if (field.empty()) {
                errors.required(field, "");
            } else {
                errors.invalid(field, Names.pathSegment(field.text()));
            }
        }
    }

    /** The name of a CSI driver. */
    public static void csiDriver(Field name, Errors errors) {
        if (name.empty()) {
            errors.required(name, "");
            return;
        }
        if (name.text().length() > CSI_DRIVER_MAX) {
            errors.tooLong(name, CSI_DRIVER_MAX);
        }
        for (String message : Names.dnsSubdomain(name.text().toLowerCase(java.util.Locale.ROOT))) {
            errors.invalid(name, message);
        }
    }
}
