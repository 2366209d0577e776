package io.kubespring.api.quantity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Reads a quantity's text: an optional sign, digits with at most one point, a suffix. */
final class QuantityParser {

    private static final String WRONG_FORMAT =
            "quantities must match the regular expression " + "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    private static final String WRONG_NUMBER = "unable to parse numeric part of quantity";
    private static final String WRONG_SUFFIX = "unable to parse quantity's suffix";

    /** More digits than this cannot matter between nano and 2^63, whatever the suffix; reading them would cost. */
    private static final int DIGITS_THAT_MATTER = 64;

    private static final int LARGEST_EXPONENT = 100;
    private static final int NANO = 9;

    private QuantityParser() {}

    static Quantity parse(String text) {
        int start = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        int end = start;
        while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        if (end == start) {
            throw new IllegalArgumentException(WRONG_FORMAT);
        }
        checkSuffix(text, end);
        Suffix suffix = Suffix.parse(text.substring(end));
        if (suffix == null) {
            throw new IllegalArgumentException(WRONG_SUFFIX);
        }
        BigDecimal amount = scale(number(text.substring(start, end)), suffix);
        return new Quantity(text.charAt(0) == '-' ? amount.negate() : amount, suffix.format());
    }

    /** Letters, then an optional sign, then digits, to the end. */
    private static void checkSuffix(String text, int from) {
        int at = from;
        while (at < text.length() && "eEinumkKMGTP".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        if (at < text.length()) {
            throw new IllegalArgumentException(WRONG_FORMAT);
        }
    }

    private static BigDecimal number(String digits) {
        int point = digits.indexOf('.');
        if (digits.length() == 1 && point == 0 || point >= 0 && digits.indexOf('.', point + 1) >= 0) {
            throw new IllegalArgumentException(WRONG_NUMBER);
        }
        String whole = withoutLeadingZeros(point < 0 ? digits : digits.substring(0, point));
        String fraction = point < 0 ? "" : digits.substring(point + 1);
        if (whole.length() > DIGITS_THAT_MATTER) {
            return BigDecimal.TEN.pow(DIGITS_THAT_MATTER);
        }
        if (fraction.length() > DIGITS_THAT_MATTER) {
            // The last digit stands for all that were cut: rounding goes away from zero.
            boolean cut =
                    !withoutLeadingZeros(fraction.substring(DIGITS_THAT_MATTER)).isEmpty();
            fraction = fraction.substring(0, DIGITS_THAT_MATTER) + (cut ? "1" : "");
        }
        String all = whole + fraction;
        return all.isEmpty() ? BigDecimal.ZERO : new BigDecimal(new BigInteger(all), fraction.length());
    }

    private static String withoutLeadingZeros(String digits) {
        int first = 0;
        while (first < digits.length() && digits.charAt(first) == '0') {
            first++;
        }
        return digits.substring(first);
    }

    private static BigDecimal scale(BigDecimal number, Suffix suffix) {
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        int exponent = Math.clamp(suffix.exponent(), -LARGEST_EXPONENT, LARGEST_EXPONENT);
        BigDecimal scaled = suffix.base() == 2
                ? number.multiply(new BigDecimal(BigInteger.TWO.pow(exponent)))
                : number.scaleByPowerOfTen(exponent);
        if (scaled.compareTo(Quantity.MAX) > 0) {
            return Quantity.MAX;
        }
        return scaled.scale() > NANO ? scaled.setScale(NANO, RoundingMode.UP) : scaled;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
