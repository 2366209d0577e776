package io.kubespring.apiserver.limits;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Kubernetes clients write them in queries: "30s", "1m30s", "1.5h", "250ms". */
final class GoDuration {

    private static final Pattern WHOLE = Pattern.compile("[+-]?([0-9]*\\.?[0-9]*[^0-9.]+)+");
    private static final Pattern PART = Pattern.compile("([0-9]*\\.?[0-9]*)([^0-9.]+)");

    private GoDuration() {}

    /**
     * @return nanoseconds
     * @throws IllegalArgumentException in upstream's words
     */
    static long parse(String text) {
        String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (unsigned.equals("0")) {
            return 0;
        }
        if (text.length() > 64 || !WHOLE.matcher(text).matches()) {
            boolean number = !unsigned.isEmpty() && unsigned.chars().allMatch(each -> each >= '0' && each <= '9');
            throw new IllegalArgumentException(
                    "time: " + (number ? "missing unit in" : "invalid") + " duration \"" + text + "\"");
        }
        BigDecimal sum = BigDecimal.ZERO;
        Matcher parts = PART.matcher(unsigned);
        while (parts.find()) {
            String digits = parts.group(1);
            if (digits.isEmpty() || digits.equals(".")) {
                throw new IllegalArgumentException("time: invalid duration \"" + text + "\"");
            }
            sum = sum.add(new BigDecimal(digits).multiply(BigDecimal.valueOf(unit(parts.group(2), text))));
        }
        if (sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("time: invalid duration \"" + text + "\"");
        }
        return text.startsWith("-") ? -sum.longValue() : sum.longValue();
    }

    private static long unit(String unit, String text) {
        return switch (unit) {
            case "ns" -> 1L;
            case "us", "µs", "μs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default ->
                throw new IllegalArgumentException("time: unknown unit \"" + unit + "\" in duration \"" + text + "\"");
        };
    }
}
