package io.kubespring.kinds.validation.meta;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The syntaxes of names, each answering with what is wrong, in upstream's words; empty if all is well. */
public final class NameSyntax {

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final String LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String LABEL_VALUE = "(" + QUALIFIED + ")?";
    private static final String CONFIG_KEY = "[-._a-zA-Z0-9]+";

    private static final Pattern LABEL_PATTERN = Pattern.compile(LABEL);
    private static final Pattern SUBDOMAIN_PATTERN = Pattern.compile(SUBDOMAIN);
    private static final Pattern LABEL_1035_PATTERN = Pattern.compile(LABEL_1035);
    private static final Pattern QUALIFIED_PATTERN = Pattern.compile(QUALIFIED);
    private static final Pattern LABEL_VALUE_PATTERN = Pattern.compile(LABEL_VALUE);
    private static final Pattern CONFIG_KEY_PATTERN = Pattern.compile(CONFIG_KEY);
    private static final Pattern PORT_CHARACTERS = Pattern.compile("[-a-z0-9]+");

    private NameSyntax() {}

    /** RFC 1123 label: the name of a container, a namespace, a volume. */
    public static List<String> dnsLabel(String value) {
        if (value.length() <= 63 && LABEL_PATTERN.matcher(value).matches()) {
            return List.of();
        }
        var errors = tooLong(value, 63);
        if (!LABEL_PATTERN.matcher(value).matches()) {
            errors.add(
                    SUBDOMAIN_PATTERN.matcher(value).matches()
                            ? "must not contain dots"
                            : mismatch(
                                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
                                            + " and must start and end with an alphanumeric character",
                                    LABEL,
                                    "my-name",
                                    "123-abc"));
        }
        return errors;
    }

    /** RFC 1123 subdomain: the name of most objects. */
    public static List<String> dnsSubdomain(String value) {
        var errors = tooLong(value, 253);
        if (!SUBDOMAIN_PATTERN.matcher(value).matches()) {
            errors.add(mismatch(
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and"
                            + " must start and end with an alphanumeric character",
                    SUBDOMAIN,
                    "example.com"));
        }
        return errors;
    }

    /** RFC 1035 label: the name of a Service. */
    public static List<String> dns1035Label(String value) {
        var errors = tooLong(value, 63);
        if (!LABEL_1035_PATTERN.matcher(value).matches()) {
            errors.add(mismatch(
                    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic"
                            + " character, and end with an alphanumeric character",
                    LABEL_1035,
                    "my-name",
                    "abc-123"));
        }
        return errors;
    }

    /** The key of a label: a name, with an optional DNS prefix. */
    public static List<String> qualifiedName(String value) {
        var errors = new ArrayList<String>(0);
        String[] parts = value.split("/", -1);
        String name = parts[parts.length - 1];
        if (parts.length > 2) {
            return List.of("a qualified name "
                    + mismatch(
                            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                                    + " alphanumeric character",
                            QUALIFIED,
                            "MyName",
                            "my.name",
                            "123-abc")
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
        }
        if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                errors.add("prefix part must be non-empty");
            } else {
                dnsSubdomain(parts[0]).forEach(each -> errors.add("prefix part " + each));
            }
        }
        if (name.isEmpty()) {
            errors.add("name part must be non-empty");
        } else if (name.length() > 63) {
            errors.add("name part " + maxLength(63));
        }
        if (!QUALIFIED_PATTERN.matcher(name).matches()) {
            errors.add("name part "
                    + mismatch(
                            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                                    + " alphanumeric character",
                            QUALIFIED,
                            "MyName",
                            "my.name",
                            "123-abc"));
        }
        return errors;
    }

    public static List<String> labelValue(String value) {
        var errors = tooLong(value, 63);
        if (!LABEL_VALUE_PATTERN.matcher(value).matches()) {
            errors.add(mismatch(
                    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must"
                            + " start and end with an alphanumeric character",
                    LABEL_VALUE,
                    "MyValue",
                    "my_value",
                    "12345"));
        }
        return errors;
    }

    /** IANA service name: the name of a port. */
    public static List<String> portName(String value) {
        var errors = tooLong(value, 15);
        if (!PORT_CHARACTERS.matcher(value).matches()) {
            errors.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (value.chars().noneMatch(each -> each >= 'a' && each <= 'z')) {
            errors.add("must contain at least one letter (a-z)");
        }
        if (value.contains("--")) {
            errors.add("must not contain consecutive hyphens");
        }
        if (value.startsWith("-") || value.endsWith("-")) {
            errors.add("must not begin or end with a hyphen");
        }
        return errors;
    }

    /** A key of a ConfigMap or Secret, which becomes a file's name. */
    public static List<String> configKey(String value) {
        var errors = tooLong(value, 253);
        if (!CONFIG_KEY_PATTERN.matcher(value).matches()) {
            errors.add(mismatch(
                    "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
                    CONFIG_KEY,
                    "key.name",
                    "KEY_NAME",
                    "key-name"));
        }
        if (value.equals(".") || value.equals("..")) {
            errors.add("must not be '" + value + "'");
        } else if (value.startsWith("..")) {
            errors.add("must not start with '..'");
        }
        return errors;
    }

    public static List<String> environmentName(String value) {
        if (value.isEmpty()) {
            return List.of("environment variable name must be non-empty");
        }
        return value.chars().allMatch(each -> each >= ' ' && each < 127 && each != '=')
                ? List.of()
                : List.of("a valid environment variable name must consist only of printable ASCII characters other than"
                        + " '='");
    }

    /** What may stand as one segment of a path: the names of roles. */
    public static List<String> pathSegment(String value) {
        if (value.equals(".") || value.equals("..")) {
            return List.of("may not be '" + value + "'");
        }
        var errors = new ArrayList<String>(0);
        for (String each : List.of("/", "%")) {
            if (value.contains(each)) {
                errors.add("may not contain '" + each + "'");
            }
        }
        return errors;
    }

    /** An annotation's key: as a label's, but in any case. */
    public static List<String> annotationKey(String value) {
        return qualifiedName(value.toLowerCase(Locale.ROOT));
    }

    static String maxLength(int length) {
        return "must be no more than " + length + " bytes";
    }

    private static List<String> tooLong(String value, int length) {
        var errors = new ArrayList<String>(0);
        if (value.length() > length) {
            errors.add(maxLength(length));
        }
        return errors;
    }

    /** Upstream separates examples with two spaces, and clients see them. */
    private static String mismatch(String rule, String regex, String... examples) {
        return rule + " (e.g. '" + String.join("',  or '", examples) + "', regex used for validation is '" + regex
                + "')";
    }
}
