package io.kubespring.apimachinery.print;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Durations as people read them: the two largest units that matter, one where it is long enough. */
public final class HumanDuration {

    static final String UNKNOWN = "<unknown>";

    private static final int HOURS_OF_YEAR = 24 * 365;

    private HumanDuration() {}

    /** "45s", "5m30s", "3h", "2d4h", "3y". Up to a second in the future is "0s", more is invalid. */
    public static String of(Duration duration) {
        long seconds = duration.toMillis() / 1000;
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 120) {
            return Math.max(0, seconds) + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 10) {
            return pair(minutes, "m", seconds % 60, "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        if (hours < 8) {
            return pair(hours, "h", minutes % 60, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        if (hours < 192) {
            return pair(hours / 24, "d", hours % 24, "h");
        }
        if (hours < HOURS_OF_YEAR * 2) {
            return hours / 24 + "d";
        }
        if (hours < HOURS_OF_YEAR * 8) {
            return pair(hours / HOURS_OF_YEAR, "y", hours / 24 % 365, "d");
        }
        return hours / HOURS_OF_YEAR + "y";
    }

    /** How long ago a timestamp of an object was; unknown where there is none. */
    public static String since(String timestamp, Instant now) {
        Instant then = parse(timestamp);
        return then == null ? UNKNOWN : of(Duration.between(then, now));
    }

    /** An RFC 3339 timestamp, or null for anything else. */
    static @Nullable Instant parse(String timestamp) {
        if (timestamp.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(timestamp).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        return small == 0 ? large + largeUnit : large + largeUnit + small + smallUnit;
    }
}
