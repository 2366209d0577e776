package io.kubespring.apimachinery.structural;

import io.kubespring.api.quantity.Quantity;
import io.kubespring.api.schema.Schema;
import java.math.BigDecimal;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Which JSON values a scalar field takes, and how each is kept. */
final class ScalarRules {

    private static final String QUANTITY_FORMAT =
            "quantities must match the regular expression " + "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private static final int MAX_PLAIN_DIGITS = 6;

    private ScalarRules() {}

    static JsonNode string(JsonNode value, Schema schema, BiFunction<String, Schema, WrongTypeException> wrong) {
        if (isQuantity(schema)) {
            return quantity(value);
        }
        if (!value.isString()) {
            throw wrong.apply(goValue(value, false), schema);
        }
        switch (schema.format()) {
            case "byte" -> Base64Text.check(value.stringValue());
            case "date-time" -> TimeText.check(value.stringValue());
            default -> {}
        }
        return value;
    }

    static boolean isQuantity(Schema schema) {
        return schema.simpleName().equals("Quantity") && schema.name().endsWith(".resource.Quantity");
    }

    /** A quantity may be written as a number and in many ways; it is kept as text in its canonical form. */
    private static JsonNode quantity(JsonNode value) {
        if (!value.isNumber() && !value.isString()) {
            throw new WrongTypeException(QUANTITY_FORMAT);
        }
        if (value.isString() && isPlainQuantity(value.stringValue())) {
            return value;
        }
        String text = value.isNumber() && !value.isIntegralNumber()
                ? new BigDecimal(value.asString()).stripTrailingZeros().toPlainString()
                : value.asString();
        try {
            String canonical = Quantity.parse(text).toString();
            return value.isString() && canonical.equals(text) ? value : JsonNodeFactory.instance.stringNode(canonical);
        } catch (IllegalArgumentException e) {
            throw new WrongTypeException(String.valueOf(e.getMessage()));
        }
    }

    /** Whether it is a quantity in its canonical form beyond doubt, as "100m", "2" and "128Mi" are. */
    private static boolean isPlainQuantity(String text) {
        int digits = 0;
        int number = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            if (digits == MAX_PLAIN_DIGITS) {
                return false;
            }
            number = number * 10 + text.charAt(digits++) - '0';
        }
        if (digits == 0 || text.charAt(0) == '0') {
            return false;
        }
        return switch (text.substring(digits)) {
            case "", "m" -> number % 1000 != 0;
            case "Ki", "Mi", "Gi" -> number % 1024 != 0;
            default -> false;
        };
    }

    static JsonNode integer(JsonNode value, Schema schema, BiFunction<String, Schema, WrongTypeException> wrong) {
        if (!value.isNumber()) {
            throw wrong.apply(goValue(value, false), schema);
        }
        boolean fits = value.isIntegralNumber()
                && (schema.format().equals("int32") ? value.canConvertToInt() : value.canConvertToLong());
        if (!fits) {
            throw wrong.apply(goValue(value, true), schema);
        }
        return value;
    }

    static JsonNode number(JsonNode value, Schema schema, BiFunction<String, Schema, WrongTypeException> wrong) {
        if (!value.isNumber()) {
            throw wrong.apply(goValue(value, false), schema);
        }
        return value;
    }

    static JsonNode intOrString(JsonNode value) {
        if (!value.isNumber()) {
            throw new WrongTypeException(
                    "json: cannot unmarshal " + goValue(value, false) + " into Go value of type int32");
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new WrongTypeException(
                    "json: cannot unmarshal " + goValue(value, true) + " into Go value of type int32");
        }
        return value;
    }

    /** What Go's decoder calls a value; a number that has the right type but does not fit is shown. */
    static String goValue(JsonNode value, boolean showNumber) {
        if (value.isObject()) {
            return "object";
        }
        if (value.isArray()) {
            return "array";
        }
        if (value.isString()) {
            return "string";
        }
        if (value.isBoolean()) {
            return "bool";
        }
        return showNumber ? "number " + value.asString() : "number";
    }
}
