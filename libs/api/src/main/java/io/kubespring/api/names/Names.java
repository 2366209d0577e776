package io.kubespring.api.names;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The forms that names in Kubernetes have ("Object Names and IDs" and "Labels and Selectors" in its documentation).
 * Each method answers what is wrong with a value, in upstream's words; an empty list means valid.
 */
public final class Names {

    public static final int LABEL_LENGTH = 63;
    public static final int SUBDOMAIN_LENGTH = 253;

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final String UNDERSCORE_LABEL = "[a-z0-9_]([-_a-z0-9]*[a-z0-9_])?";
    private static final String UNDERSCORES = UNDERSCORE_LABEL + "(\\." + UNDERSCORE_LABEL + ")*";
    private static final String RFC_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String LABEL_VALUE = "(" + QUALIFIED + ")?";
    private static final String CONFIG_KEY = "[-._a-zA-Z0-9]+";

    private static final String QUALIFIED_EXPLANATION = explain(
            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric"
                    + " character",
            QUALIFIED,
            "MyName",
            "my.name",
            "123-abc");

    private static final String LABEL_EXPLANATION = explain(
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and"
                    + " end with an alphanumeric character",
            LABEL,
            "my-name",
            "123-abc");
    private static final String SUBDOMAIN_EXPLANATION = explain(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must"
                    + " start and end with an alphanumeric character",
            SUBDOMAIN,
            "example.com");
    private static final String UNDERSCORES_EXPLANATION = explain(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and"
                    + " must start and end with an alphanumeric character",
            UNDERSCORES,
            "example.com");
    private static final String RFC_1035_EXPLANATION = explain(
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic"
                    + " character, and end with an alphanumeric character",
            RFC_1035,
            "my-name",
            "abc-123");
    private static final String LABEL_VALUE_EXPLANATION = explain(
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must"
                    + " start and end with an alphanumeric character",
            LABEL_VALUE,
            "MyValue",
            "my_value",
            "12345");

    private static final String IDENTIFIER_EXPLANATION = explain(
            "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric"
                    + " characters or '_'",
            "[A-Za-z_][A-Za-z0-9_]*",
            "my_name",
            "MY_NAME",
            "MyName");

    private static final String WILDCARD_EXPLANATION = explain(
            "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist"
                    + " of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
            "\\*\\." + SUBDOMAIN,
            "*.example.com");

    private static final String CONFIG_KEY_EXPLANATION = explain(
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
            CONFIG_KEY,
            "key.name",
            "KEY_NAME",
            "key-name");

    private static final String CHARACTERS = " characters";
    private static final String BYTES = " bytes";

    private Names() {}

    /** A label of DNS, RFC 1123: the name of a namespace or a container. */
    public static List<String> dnsLabel(String value) {
        boolean onlyDots = value.contains(".") && Syntax.subdomain(value);
        return check(value, LABEL_LENGTH, Syntax.label(value), onlyDots ? "must not contain dots" : LABEL_EXPLANATION);
    }

    /** A subdomain of DNS, RFC 1123: the name of most objects. */
    public static List<String> dnsSubdomain(String value) {
        return check(value, SUBDOMAIN_LENGTH, Syntax.subdomain(value), SUBDOMAIN_EXPLANATION);
    }

    /** A subdomain of DNS that may have underscores wherever it has letters: a domain that is searched in. */
    public static List<String> dnsSubdomainWithUnderscores(String value) {
        return check(value, SUBDOMAIN_LENGTH, Syntax.subdomain(value.replace('_', 'a')), UNDERSCORES_EXPLANATION);
    }

    /** What C would take as the name of a variable. */
    public static List<String> cIdentifier(String value) {
        boolean matches = !value.isEmpty() && !isDigit(value.charAt(0));
        for (int i = 0; i < value.length(); i++) {
            char each = value.charAt(i);
            matches &= each == '_' || isDigit(each) || each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z';
        }
        return matches ? List.of() : List.of(IDENTIFIER_EXPLANATION);
    }

    private static boolean isDigit(char each) {
        return each >= '0' && each <= '9';
    }

    /** A subdomain of DNS under a star: {@code *.example.com}. */
    public static List<String> wildcardDnsSubdomain(String value) {
        boolean matches = value.startsWith("*.") && Syntax.subdomain(value.substring(2));
        return check(value, SUBDOMAIN_LENGTH, matches, WILDCARD_EXPLANATION);
    }

    /** A label of DNS, RFC 1035 (starts with a letter): the name of a Service. */
    public static List<String> rfc1035Label(String value) {
        return check(value, LABEL_LENGTH, Syntax.rfc1035(value), RFC_1035_EXPLANATION);
    }

    /** A name with an optional DNS subdomain and slash before it: a label's or annotation's key. */
    public static List<String> qualifiedName(String value) {
        return isQualifiedName(value) ? List.of() : qualifiedNameErrors(value);
    }

    private static boolean isQualifiedName(String value) {
        int slash = value.indexOf('/');
        int length = value.length() - slash - 1;
        return length <= LABEL_LENGTH
                && Syntax.qualified(value, slash + 1, value.length())
                && (slash < 0 || slash <= SUBDOMAIN_LENGTH && Syntax.subdomain(value, 0, slash));
    }

    private static List<String> qualifiedNameErrors(String value) {
        String[] parts = value.split("/", -1);
        List<String> errors = new ArrayList<>();
        if (parts.length > 2) {
            errors.add("a valid label key "
                    + QUALIFIED_EXPLANATION
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
            return errors;
        }
        if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                errors.add("prefix part must be non-empty");
            } else {
                // What a key consists of is counted in bytes, what is a name in characters: the wording of two of
                // upstream's packages.
                dnsSubdomain(parts[0]).forEach(each -> errors.add("prefix part " + each.replace(CHARACTERS, BYTES)));
            }
        }
        String name = parts[parts.length - 1];
        if (name.isEmpty()) {
            errors.add("name part must be non-empty");
        } else if (length(name) > LABEL_LENGTH) {
            errors.add("name part " + tooLong(LABEL_LENGTH, BYTES));
        }
        if (!Syntax.qualified(name)) {
            errors.add("name part " + QUALIFIED_EXPLANATION);
        }
        return errors;
    }

    /** A label's key; another word for {@link #qualifiedName}. */
    public static List<String> labelKey(String value) {
        return qualifiedName(value);
    }

    public static List<String> labelValue(String value) {
        return check(value, LABEL_LENGTH, Syntax.labelValue(value), LABEL_VALUE_EXPLANATION, BYTES);
    }

    /** An IANA service name (RFC 6335): the name of a container's port. */
    public static List<String> portName(String value) {
        List<String> errors = new ArrayList<>(0);
        if (value.length() > 5 && length(value) > 15) {
            errors.add(tooLong(15, CHARACTERS));
        }
        if (!Syntax.portCharacters(value)) {
            errors.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (!Syntax.hasLetter(value)) {
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

    public static List<String> portNumber(long port) {
        return port >= 1 && port <= 65535 ? List.of() : List.of("must be between 1 and 65535, inclusive");
    }

    /** A key of a ConfigMap or Secret. */
    public static List<String> configMapKey(String value) {
        List<String> errors =
                new ArrayList<>(check(value, SUBDOMAIN_LENGTH, Syntax.configKey(value), CONFIG_KEY_EXPLANATION));
        addPathErrors(errors, value);
        return errors;
    }

    /** A name of an environment variable: printable ASCII without '='. */
    public static List<String> envVarName(String value) {
        if (value.isEmpty()) {
            return List.of("environment variable name must be non-empty");
        }
        if (!Syntax.environmentName(value)) {
            return List.of("a valid environment variable name must consist only of printable ASCII characters other"
                    + " than '='");
        }
        return List.of();
    }

    /** A name that is only ever one segment of a URL's path: RBAC roles. */
    public static List<String> pathSegment(String value) {
        List<String> errors = new ArrayList<>();
        if (value.equals(".") || value.equals("..")) {
            errors.add("may not be '" + value + "'");
            return errors;
        }
        for (String each : List.of("/", "%")) {
            if (value.contains(each)) {
                errors.add("may not contain '" + each + "'");
            }
        }
        return errors;
    }

    private static void addPathErrors(List<String> errors, String value) {
        if (value.equals(".")) {
            errors.add("must not be '.'");
        } else if (value.equals("..")) {
            errors.add("must not be '..'");
        } else if (value.startsWith("..")) {
            errors.add("must not start with '..'");
        }
    }

    private static List<String> check(String value, int longest, boolean matches, String explanation) {
        return check(value, longest, matches, explanation, CHARACTERS);
    }

    private static List<String> check(String value, int longest, boolean matches, String explanation, String unit) {
        // What matches is ASCII: a character is a byte.
        boolean fits = matches ? value.length() <= longest : length(value) <= longest;
        if (fits && matches) {
            return List.of();
        }
        List<String> errors = new ArrayList<>();
        if (!fits) {
            errors.add(tooLong(longest, unit));
        }
        // What is far too long is not judged any further.
        if (!matches && value.length() <= 4 * SUBDOMAIN_LENGTH) {
            errors.add(explanation);
        }
        return errors;
    }

    private static int length(String value) {
        return value.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String tooLong(int longest, String unit) {
        return "must be no more than " + longest + unit;
    }

    private static String explain(String message, String pattern, String... examples) {
        StringBuilder text = new StringBuilder(message).append(" (e.g. ");
        for (int i = 0; i < examples.length; i++) {
            text.append(i > 0 ? " or " : "").append('\'').append(examples[i]).append("', ");
        }
        return text.append("regex used for validation is '")
                .append(pattern)
                .append("')")
                .toString();
    }
}
