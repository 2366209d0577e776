package io.kubespring.api.names;

/** The character rules of names, each the loop that its regular expression (see {@link Names}) stands for. */
final class Syntax {

    private Syntax() {}

    /** {@code [a-z0-9]([-a-z0-9]*[a-z0-9])?}. */
    static boolean label(String text) {
        return label(text, 0, text.length());
    }

    private static boolean label(String text, int from, int to) {
        if (from >= to || text.charAt(from) == '-' || text.charAt(to - 1) == '-') {
            return false;
        }
        for (int i = from; i < to; i++) {
            char each = text.charAt(i);
            if (!isLower(each) && !isDigit(each) && each != '-') {
                return false;
            }
        }
        return true;
    }

    /** Labels with dots between them. */
    static boolean subdomain(String text) {
        return subdomain(text, 0, text.length());
    }

    static boolean subdomain(String text, int from, int to) {
        int start = from;
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == '.') {
                if (!label(text, start, i)) {
                    return false;
                }
                start = i + 1;
            }
        }
        return label(text, start, to);
    }

    /** A label that starts with a letter. */
    static boolean rfc1035(String text) {
        return label(text) && isLower(text.charAt(0));
    }

    /** {@code ([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]}. */
    static boolean qualified(String text) {
        return qualified(text, 0, text.length());
    }

    static boolean qualified(String text, int from, int to) {
        if (from >= to || !isAlphanumeric(text.charAt(from)) || !isAlphanumeric(text.charAt(to - 1))) {
            return false;
        }
        for (int i = from + 1; i < to; i++) {
            char each = text.charAt(i);
            if (!isAlphanumeric(each) && each != '-' && each != '_' && each != '.') {
                return false;
            }
        }
        return true;
    }

    static boolean labelValue(String text) {
        return text.isEmpty() || qualified(text);
    }

    /** {@code [-._a-zA-Z0-9]+}. */
    static boolean configKey(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (!isAlphanumeric(each) && each != '-' && each != '_' && each != '.') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** {@code [-a-z0-9]+}. */
    static boolean portCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (!isLower(each) && !isDigit(each) && each != '-') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Printable ASCII without an equals sign. */
    static boolean environmentName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each < 0x20 || each > 0x7e || each == '=') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean hasLetter(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isLower(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLower(char each) {
        return each >= 'a' && each <= 'z';
    }

    private static boolean isDigit(char each) {
        return each >= '0' && each <= '9';
    }

    private static boolean isAlphanumeric(char each) {
        return isLower(each) || isDigit(each) || each >= 'A' && each <= 'Z';
    }
}
