package io.kubespring.kinds.validation.meta;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import java.util.regex.Pattern;

/** Ports, percentages, ids: numbers with rules. */
public final class Numbers {

    private static final Pattern STARTS_WITH_COUNT = Pattern.compile("[0-9]*[1-9][0-9]*%?");
    private static final Pattern PERCENT = Pattern.compile("[0-9]+%");
    private static final long LARGEST_ID = 0xFFFF_FFFFL;

    private Numbers() {}

    /** A port's number, which must be there. */
    public static void port(Field port, Errors errors) {
        if (port.number() < 1 || port.number() > 65535) {
            errors.invalid(port, port.number(), "must be between 1 and 65535, inclusive");
        }
    }

    /** A port's number or name. */
    public static void portOrName(Field port, Errors errors) {
        if (port.value().isString()) {
            errors.invalid(port, Names.portName(port.text()));
        } else {
            port(port, errors);
        }
    }

    /** A count, or a percentage of one. */
    public static void countOrPercent(Field value, Errors errors) {
        if (!value.value().isString()) {
            errors.nonNegative(value);
        } else if (!PERCENT.matcher(value.text()).matches()) {
            errors.invalid(
                    value,
                    "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%',"
                            + " regex used for validation is '[0-9]+%')");
        }
    }

    /** The percentage here, or −1 if there is none. */
    public static int percent(Field value) {
        String text = value.text();
        return PERCENT.matcher(text).matches() && text.length() < 9
                ? Integer.parseInt(text.substring(0, text.length() - 1))
                : -1;
    }

    /** Whether the count, or percentage, is nothing; a text that is neither counts as nothing. */
    public static boolean isZero(Field value) {
        return value.value().isString()
                ? percent(value) == 0
                        || !STARTS_WITH_COUNT.matcher(value.text()).matches()
                : value.number() == 0;
    }

    public static void notAboveHundredPercent(Field value, Errors errors) {
        if (percent(value) > 100) {
            errors.invalid(value, "must not be greater than 100%");
        }
    }

    /** The id of a user or group. */
    public static void id(Field id, Errors errors) {
        if (id.number() < 0 || id.number() > LARGEST_ID) {
            errors.invalid(id, "must be between 0 and " + LARGEST_ID + ", inclusive");
        }
    }

    public static void within(Field number, long low, long high, Errors errors) {
        if (number.present() && (number.number() < low || number.number() > high)) {
            errors.invalid(number, "must be between " + low + " and " + high + ", inclusive");
        }
    }

    public static void positive(Field number, Errors errors) {
        if (number.present() && number.number() <= 0) {
            errors.invalid(number, "must be greater than 0");
        }
    }
}
