package io.kubespring.apimachinery.decode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a YAML scalar means. Plain scalars follow the YAML 1.1 table of the parser that upstream uses: {@code yes},
 * {@code on}, {@code y} are booleans, {@code 010} is octal, {@code 1_000} a number; dates stay strings.
 */
final class YamlScalars {

    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> SHORT_BOOLEANS = Set.of("y", "Y", "n", "N");
    private static final String CORE = "tag:yaml.org,2002:";
    private static final int MAX_NUMBER_LENGTH = 400;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private YamlScalars() {}

    static JsonNode resolve(String text, boolean plain, String tag) {
        if (tag.equals(CORE + "binary")) {
            try {
                byte[] decoded = Base64.getMimeDecoder().decode(text);
                return NODES.stringNode(new String(decoded, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException notBase64) {
                throw new MalformedBodyException(
                        "error converting YAML to JSON: yaml: !!binary value contains invalid base64 data");
            }
        }
        // The composer's own table calls y, n and 08 strings; anything else it calls a string is one, or was tagged so.
        boolean composedString = tag.equals(CORE + "str") && !SHORT_BOOLEANS.contains(text) && !isPaddedNumber(text);
        return !plain || composedString ? NODES.stringNode(text) : plain(text);
    }

    private static boolean isPaddedNumber(String text) {
        return text.length() > 1 && text.charAt(0) == '0' && allDigits(text, 10);
    }

    private static JsonNode plain(String text) {
        if (NULL.contains(text)) {
            return NODES.nullNode();
        }
        if (TRUE.contains(text)) {
            return NODES.booleanNode(true);
        }
        if (FALSE.contains(text)) {
            return NODES.booleanNode(false);
        }
        JsonNode number = number(text);
        return number == null ? NODES.stringNode(text) : number;
    }

    private static @Nullable JsonNode number(String text) {
        char first = text.charAt(0);
        if (text.length() > MAX_NUMBER_LENGTH || "+-.0123456789".indexOf(first) < 0) {
            return null;
        }
        String digits = text.indexOf('_') < 0 ? text : text.replace("_", "");
        JsonNode integer = integer(digits);
        return integer != null ? integer : decimal(digits);
    }

    private static @Nullable JsonNode integer(String digits) {
        boolean negative = digits.startsWith("-");
        String rest = negative || digits.startsWith("+") ? digits.substring(1) : digits;
        int radix = 10;
        if (rest.startsWith("0x") || rest.startsWith("0X")) {
            radix = 16;
        } else if (rest.startsWith("0b") || rest.startsWith("0B")) {
            radix = 2;
        } else if (rest.startsWith("0o") || rest.startsWith("0O")) {
            radix = 8;
        }
        if (radix != 10) {
            rest = rest.substring(2);
        } else if (rest.length() > 1 && rest.charAt(0) == '0') {
            radix = 8;
            rest = rest.substring(1);
        }
        if (rest.isEmpty() || !allDigits(rest, radix)) {
            return null;
        }
        BigInteger value = new BigInteger(negative ? "-" + rest : rest, radix);
        if (value.bitLength() < 32) {
            return NODES.numberNode(value.intValue());
        }
        return value.bitLength() < 64 ? NODES.numberNode(value.longValue()) : NODES.numberNode(value.doubleValue());
    }

    private static boolean allDigits(String text, int radix) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 'f' || Character.digit(text.charAt(i), radix) < 0) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable JsonNode decimal(String text) {
        boolean hasDigit = false;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            hasDigit |= each >= '0' && each <= '9';
            if ("+-.eE0123456789".indexOf(each) < 0) {
                return null;
            }
        }
        if (!hasDigit) {
            return null;
        }
        try {
            double value = new BigDecimal(text).doubleValue();
            if (value == Math.rint(value) && Math.abs(value) < 1e15) {
                return integer(Long.toString((long) value));
            }
            return Double.isInfinite(value) ? null : NODES.numberNode(value);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
