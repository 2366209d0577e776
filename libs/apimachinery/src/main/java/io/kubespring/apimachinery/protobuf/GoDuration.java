package io.kubespring.apimachinery.protobuf;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them: "1h2m3.5s", "250ms". */
final class GoDuration {

    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|ms|s|m|h)");

    private GoDuration() {}

    /** In nanoseconds. */
    static long parse(String text) {
        boolean negative = text.startsWith("-");
        Matcher parts = PART.matcher(text);
        BigDecimal sum = BigDecimal.ZERO;
        while (parts.find()) {
            sum = sum.add(new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(nanos(parts.group(2)))));
        }
        return negative ? -sum.longValue() : sum.longValue();
    }

    static String format(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        long whole = Math.abs(nanos);
        String sign = nanos < 0 ? "-" : "";
        if (whole < 1_000_000_000L) {
            return sign
                    + (whole < 1_000
                            ? whole + "ns"
                            : whole < 1_000_000 ? decimal(whole, 1_000) + "µs" : decimal(whole, 1_000_000) + "ms");
        }
        long minutes = whole / 60_000_000_000L;
        String seconds = decimal(whole % 60_000_000_000L, 1_000_000_000L) + "s";
        return sign
                + (minutes >= 60 ? minutes / 60 + "h" + minutes % 60 + "m" : minutes > 0 ? minutes + "m" : "")
                + seconds;
    }

    private static String decimal(long value, long unit) {
        return BigDecimal.valueOf(value)
                .divide(BigDecimal.valueOf(unit))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }
}
