package io.kubespring.apimachinery.structural;

/** The form of a resource quantity ("100m", "1.5Gi", "1e3"), checked without a regular expression. */
final class QuantityText {

    static final String FORMAT_ERROR =
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private QuantityText() {}

    static void check(String text) {
        if (!matches(text)) {
            throw new WrongTypeException(FORMAT_ERROR);
        }
    }

    private static boolean matches(String text) {
        int at = sign(text, 0);
        int digits = 0;
        int dots = 0;
        for (; at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.'); at++) {
            if (text.charAt(at) == '.') {
                dots++;
            } else {
                digits++;
            }
        }
        if (digits == 0 || dots > 1) {
            return false;
        }
        String suffix = text.substring(at);
        return switch (suffix) {
            case "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei" -> true;
            default -> isExponent(suffix);
        };
    }

    private static boolean isExponent(String suffix) {
        if (suffix.charAt(0) != 'e' && suffix.charAt(0) != 'E') {
            return false;
        }
        int at = sign(suffix, 1);
        if (at == suffix.length()) {
            return false;
        }
        for (; at < suffix.length(); at++) {
            if (!isDigit(suffix.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private static int sign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-') ? at + 1 : at;
    }

    private static boolean isDigit(char each) {
        return each >= '0' && each <= '9';
    }
}
