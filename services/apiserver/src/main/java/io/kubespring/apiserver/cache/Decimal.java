package io.kubespring.apiserver.cache;

/** Writes revisions as digits into byte arrays. */
final class Decimal {

    private static final int MAX_DIGITS = 19;

    private Decimal() {}

    /** By comparisons: divisions would show up when five thousand objects are listed. */
    static int length(long number) {
        int length = 1;
        for (long power = 10; power <= number && length < MAX_DIGITS; power *= 10) {
            length++;
        }
        return length;
    }

    /**
     * @param number not negative
     * @return the place after the last digit
     */
    static int write(long number, byte[] target, int offset) {
        int end = offset + length(number);
        long rest = number;
        for (int at = end - 1; at >= offset; at--) {
            target[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return end;
    }
}
