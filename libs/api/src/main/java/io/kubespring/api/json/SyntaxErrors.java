package io.kubespring.api.json;

import org.jspecify.annotations.Nullable;

/**
 * Finds the first syntax error of a JSON text and words it as Go's decoder does, which is what clients of Kubernetes
 * see. Runs only over text that Jackson has refused already (and found not too deep).
 */
public final class SyntaxErrors {

    private static final int MAX_DEPTH = 1_000;

    private final byte[] text;
    private int at;
    private int depth;

    private SyntaxErrors(byte[] text) {
        this.text = text;
    }

    /** The error, or {@code fallback} where Go would find none. */
    public static String describe(byte[] text, String fallback) {
        var scan = new SyntaxErrors(text);
        String error = scan.value();
        if (error == null) {
            scan.skipSpace();
            error = scan.at < text.length ? scan.invalid("after top-level value") : null;
        }
        return error == null ? fallback : error;
    }

    private @Nullable String value() {
        skipSpace();
        if (at >= text.length) {
            return end();
        }
        if (++depth > MAX_DEPTH) {
            return "exceeded max depth";
        }
        String error = valueAt();
        depth--;
        return error;
    }

    private @Nullable String valueAt() {
        return switch (text[at]) {
            case '{' -> object();
            case '[' -> list();
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> text[at] == '-' || isDigit() ? number() : invalid("looking for beginning of value");
        };
    }

    private @Nullable String object() {
        at++;
        skipSpace();
        if (is('}')) {
            at++;
            return null;
        }
        while (true) {
            skipSpace();
            if (!is('"')) {
                return invalid("looking for beginning of object key string");
            }
            String error = string();
            if (error != null) {
                return error;
            }
            skipSpace();
            if (!is(':')) {
                return invalid("after object key");
            }
            at++;
            error = value();
            if (error != null) {
                return error;
            }
            skipSpace();
            if (is('}')) {
                at++;
                return null;
            }
            if (!is(',')) {
                return invalid("after object key:value pair");
            }
            at++;
        }
    }

    private @Nullable String list() {
        at++;
        skipSpace();
        if (is(']')) {
            at++;
            return null;
        }
        while (true) {
            String error = value();
            if (error != null) {
                return error;
            }
            skipSpace();
            if (is(']')) {
                at++;
                return null;
            }
            if (!is(',')) {
                return invalid("after array element");
            }
            at++;
        }
    }

    private @Nullable String string() {
        for (at++; at < text.length; at++) {
            byte each = text[at];
            if (each == '"') {
                at++;
                return null;
            }
            if (each >= 0 && each < ' ') {
                return invalid("in string literal");
            }
            if (each == '\\') {
                String error = escape();
                if (error != null) {
                    return error;
                }
            }
        }
        return end();
    }

    private @Nullable String escape() {
        at++;
        if (is('u')) {
            for (int i = 0; i < 4; i++) {
                at++;
                if (at >= text.length || Character.digit(text[at], 16) < 0) {
                    return invalid("in \\u hexadecimal character escape");
                }
            }
            return null;
        }
        return at < text.length && "bfnrt\\/\"".indexOf(text[at]) >= 0 ? null : invalid("in string escape code");
    }

    private @Nullable String literal(String word) {
        for (int i = 1; i < word.length(); i++) {
            at++;
            if (!is(word.charAt(i))) {
                return invalid("in literal " + word + " (expecting '" + word.charAt(i) + "')");
            }
        }
        at++;
        return null;
    }

    private @Nullable String number() {
        if (is('-')) {
            at++;
            if (!isDigit()) {
                return invalid("in numeric literal");
            }
        }
        boolean zero = is('0');
        at++;
        while (!zero && isDigit()) {
            at++;
        }
        if (is('.')) {
            at++;
            if (!isDigit()) {
                return invalid("after decimal point in numeric literal");
            }
            skipDigits();
        }
        if (is('e') || is('E')) {
            at++;
            if (is('+') || is('-')) {
                at++;
            }
            if (!isDigit()) {
                return invalid("in exponent of numeric literal");
            }
            skipDigits();
        }
        return null;
    }

    private void skipDigits() {
        while (isDigit()) {
            at++;
        }
    }

    private void skipSpace() {
        while (at < text.length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
    }

    private boolean is(char expected) {
        return at < text.length && text[at] == expected;
    }

    private boolean isDigit() {
        return at < text.length && text[at] >= '0' && text[at] <= '9';
    }

    private String invalid(String context) {
        return at >= text.length ? end() : "invalid character " + quoted(text[at]) + " " + context;
    }

    private static String end() {
        return "unexpected end of JSON input";
    }

    private static String quoted(byte each) {
        return switch (each) {
            case '\'' -> "'\\''";
            case '\\' -> "'\\\\'";
            case '\n' -> "'\\n'";
            case '\r' -> "'\\r'";
            case '\t' -> "'\\t'";
            default ->
                each >= ' ' && each < 0x7f
                        ? "'" + (char) each + "'"
                        : each < 0 ? "'" + (char) (each & 0xff) + "'" : String.format("'\\x%02x'", each);
        };
    }
}
