package io.kubespring.api.quantity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An exact amount as resource requests and limits use it. Immutable. The canonical text keeps the family that the
 * amount was written in (1Gi stays binary, 1e3 stays an exponent), has no fraction and the largest unit that needs
 * none. Finer than nano is rounded away from zero, and nothing is larger than 2^63-1, as upstream's.
 *
 * <p>Two quantities are equal when their amounts are, however they were written.
 */
public final class Quantity implements Comparable<Quantity> {

    /** The family a quantity is written in. */
    public enum Format {
        /** 12Mi */
        BINARY_SI,
        /** 12M */
        DECIMAL_SI,
        /** 12e6 */
        DECIMAL_EXPONENT
    }

    public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL_SI);

    static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigInteger KIBI = BigInteger.valueOf(1024);
    private static final int NANO = 9;

    private final BigDecimal amount;
    private final Format format;

    Quantity(BigDecimal amount, Format format) {
        this.amount = amount;
        this.format = format;
    }

    /**
     * @throws IllegalArgumentException with upstream's words where the text is no quantity
     */
    public static Quantity parse(String text) {
        return QuantityParser.parse(text);
    }

    /** A whole amount in plain decimal form. */
    public static Quantity of(long value) {
        return new Quantity(BigDecimal.valueOf(value), Format.DECIMAL_SI);
    }

    public static Quantity of(long value, Format format) {
        return new Quantity(BigDecimal.valueOf(value), format);
    }

    /** Thousandths, in plain decimal form: {@code ofMilli(1500)} is "1500m". */
    public static Quantity ofMilli(long thousandths) {
        return new Quantity(BigDecimal.valueOf(thousandths, 3), Format.DECIMAL_SI);
    }

    public Format format() {
        return format;
    }

    /** The exact amount. */
    public BigDecimal amount() {
        return amount;
    }

    /** The amount in whole units, rounded up; at most {@link Long#MAX_VALUE}. */
    public long value() {
        return clamp(amount.setScale(0, RoundingMode.CEILING));
    }

    /** The amount in thousandths, rounded up; at most {@link Long#MAX_VALUE}. */
    public long milliValue() {
        return clamp(amount.movePointRight(3).setScale(0, RoundingMode.CEILING));
    }

    /** The sum, written as this is (as the other, where this is zero). */
    public Quantity add(Quantity other) {
        return new Quantity(amount.add(other.amount), isZero() ? other.format : format);
    }

    /** The difference, written as this is (as the other, where this is zero). */
    public Quantity subtract(Quantity other) {
        return new Quantity(amount.subtract(other.amount), isZero() ? other.format : format);
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    /** -1, 0 or 1. */
    public int signum() {
        return amount.signum();
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }

    /** The canonical text. */
    @Override
    public String toString() {
        if (isZero()) {
            return "0";
        }
        if (format == Format.BINARY_SI && amount.abs().compareTo(BigDecimal.valueOf(1024)) >= 0 && isWhole()) {
            return binary();
        }
        return decimal();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity quantity && amount.compareTo(quantity.amount) == 0;
    }

    @Override
    public int hashCode() {
        return amount.stripTrailingZeros().hashCode();
    }

    private boolean isWhole() {
        return amount.stripTrailingZeros().scale() <= 0;
    }

    private String binary() {
        BigInteger number = amount.toBigIntegerExact();
        int power = 0;
        while (power < 6 && number.mod(KIBI).signum() == 0) {
            number = number.divide(KIBI);
            power++;
        }
        return number + Suffix.binary(power);
    }

    private String decimal() {
        BigDecimal stripped =
                amount.setScale(Math.min(amount.scale(), NANO), RoundingMode.UP).stripTrailingZeros();
        BigInteger number = stripped.unscaledValue();
        int exponent = -stripped.scale();
        int aligned = Math.min(Math.floorDiv(exponent, 3) * 3, 18);
        number = number.multiply(BigInteger.TEN.pow(exponent - aligned));
        if (format != Format.DECIMAL_EXPONENT) {
            return number + Suffix.decimal(aligned);
        }
        return aligned == 0 ? number.toString() : number + "e" + aligned;
    }

    private static long clamp(BigDecimal whole) {
        if (whole.compareTo(MAX) > 0) {
            return Long.MAX_VALUE;
        }
        return whole.compareTo(MAX.negate()) < 0 ? -Long.MAX_VALUE : whole.longValue();
    }
}
