package io.kubespring.api.quantity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The unit behind a quantity's number.
 *
 * @param base 10 or 2
 * @param exponent the power of the base
 * @param format how a result in the same family is written
 */
record Suffix(int base, int exponent, Quantity.Format format) {

    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final int SMALLEST = -9;

    /** The suffix that the text names, or null if it names none. */
    static @Nullable Suffix parse(String text) {
        int decimal = DECIMAL.indexOf(text);
        if (decimal >= 0) {
            return new Suffix(10, SMALLEST + 3 * decimal, Quantity.Format.DECIMAL_SI);
        }
        int binary = BINARY.indexOf(text);
        if (binary >= 0) {
            return new Suffix(2, 10 * binary, Quantity.Format.BINARY_SI);
        }
        if (text.charAt(0) != 'e' && text.charAt(0) != 'E') {
            return null;
        }
        try {
            return new Suffix(10, Integer.parseInt(text.substring(1)), Quantity.Format.DECIMAL_EXPONENT);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** "k" for 3, "m" for -3. */
    static String decimal(int exponent) {
        return DECIMAL.get((exponent - SMALLEST) / 3);
    }

    /** "Mi" for 2. */
    static String binary(int powerOf1024) {
        return BINARY.get(powerOf1024);
    }
}
