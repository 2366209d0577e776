package io.kubespring.kinds.validation.device;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.NameChecks;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.node.StringNode;

/** Names of pools, shares, attributes and capacities. */
final class DeviceNames {

    private static final int IDENTIFIER_MAX = 32;
    private static final String HEX = "[0-9a-fA-F]";
    private static final Pattern UUID =
            Pattern.compile(HEX + "{8}-" + HEX + "{4}-" + HEX + "{4}-" + HEX + "{4}-" + HEX + "{12}");

    private DeviceNames() {}

    static void label(Field name, Errors errors) {
        errors.invalid(name, Names.dnsLabel(name.text()));
    }

    static void pool(Field name, Errors errors) {
        if (name.empty()) {
            errors.required(name, "");
            return;
        }
        if (name.text().length() > Names.SUBDOMAIN_LENGTH) {
            errors.tooLong(name, Names.SUBDOMAIN_LENGTH);
        }
        for (String part : name.text().split("/", -1)) {
            for (String message : Names.dnsSubdomain(part)) {
                errors.invalid(name, part, message);
            }
        }
    }

    static void uid(Field uid, Errors errors) {
        if (!UUID.matcher(uid.text()).matches()) {
            boolean length = uid.text().length() == 36;
            errors.invalid(
                    uid,
                    "error validating uid: invalid UUID "
                            + (length ? "format" : "length: " + uid.text().length()));
        } else if (!uid.text().equals(uid.text().toLowerCase(Locale.ROOT))) {
            errors.invalid(
                    uid,
                    "uid must be in RFC 4122 normalized form, `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` with lowercase"
                            + " hexadecimal characters");
        }
    }

    /** "model" or "example.com/model", reported at {@code place}. */
    static void qualified(String name, Field place, Errors errors) {
        String[] parts = name.split("/", -1);
        switch (parts.length) {
            case 1 -> identifier(parts[0], place, errors);
            case 2 -> {
                if (parts[0].isEmpty()) {
                    errors.invalid(place, "", "the domain must not be empty");
                } else {
                    NameChecks.csiDriver(place.withValue(StringNode.valueOf(parts[0])), errors);
                }
                if (parts[1].isEmpty()) {
                    errors.invalid(place, "", "the name must not be empty");
                } else {
                    identifier(parts[1], place, errors);
                }
            }
            default -> errors.invalid(place, name, "must not contain more than one slash");
        }
    }

    static void fullyQualified(Field name, Errors errors) {
        qualified(name.text(), name, errors);
        if (!name.text().contains("/")) {
            errors.invalid(name, "a fully qualified name must be a domain and a name separated by a slash");
        }
    }

    private static void identifier(String name, Field place, Errors errors) {
        if (name.length() > IDENTIFIER_MAX) {
            errors.tooLong(place, IDENTIFIER_MAX);
        }
        for (String message : Names.cIdentifier(name)) {
            errors.invalid(place, name, message);
        }
    }
}
