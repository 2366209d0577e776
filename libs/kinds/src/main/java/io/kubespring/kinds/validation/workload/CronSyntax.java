package io.kubespring.kinds.validation.workload;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The schedules that CronJobs understand ("Schedule syntax"): five fields of ranges and steps, names of months and days,
 * and a few words. Refusals have the words of the parser that upstream uses.
 */
final class CronSyntax {

    private static final List<Bounds> FIELDS = List.of(
            new Bounds(0, 59, List.of()),
            new Bounds(0, 23, List.of()),
            new Bounds(1, 31, List.of()),
            new Bounds(
                    1, 12, List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
            new Bounds(0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));
    private static final Set<String> WORDS =
            Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
    private static final String EVERY = "@every ";
    private static final Pattern DURATION =
            Pattern.compile("[-+]?(0|([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+");
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+");
    private static final int DIGITS = 18;

    private record Bounds(long least, long most, List<String> names) {

        /** The names count from the least. */
        long value(String text) {
            int index = names.indexOf(text.toLowerCase(Locale.ROOT));
            return index >= 0 ? least + index : number(text);
        }
    }

    private CronSyntax() {}

    /** @throws IllegalArgumentException for what is no schedule */
    static void check(String schedule) {
        String rest = schedule;
        if (schedule.startsWith("TZ=") || schedule.startsWith("CRON_TZ=")) {
            int space = schedule.indexOf(' ');
            if (space < 0) {
                throw new IllegalArgumentException("invalid schedule format: " + schedule);
            }
            String zone = schedule.substring(schedule.indexOf('=') + 1, space);
            if (!TimeZones.isKnown(zone)) {
                throw new IllegalArgumentException("provided bad location " + zone + ": unknown time zone " + zone);
            }
            rest = schedule.substring(space).strip();
        }
        if (rest.startsWith("@")) {
            word(rest);
            return;
        }
        String stripped = rest.strip();
        String[] fields = stripped.isEmpty() ? new String[0] : stripped.split("\\s+");
        if (fields.length != FIELDS.size()) {
            throw new IllegalArgumentException("expected exactly " + FIELDS.size() + " fields, found " + fields.length
                    + ": [" + String.join(" ", fields) + "]");
        }
        for (int i = 0; i < fields.length; i++) {
            Bounds bounds = FIELDS.get(i);
            Arrays.stream(fields[i].split(",")).filter(each -> !each.isEmpty()).forEach(each -> range(each, bounds));
        }
    }

    private static void word(String word) {
        if (word.startsWith(EVERY)) {
            String duration = word.substring(EVERY.length());
            if (!DURATION.matcher(duration).matches()) {
                throw new IllegalArgumentException(
                        "failed to parse duration " + word + ": time: invalid duration \"" + duration + "\"");
            }
        } else if (!WORDS.contains(word)) {
            throw new IllegalArgumentException("unrecognized descriptor: " + word);
        }
    }

    private static void range(String text, Bounds bounds) {
        String[] parts = text.split("/", -1);
        String[] limits = parts[0].split("-", -1);
        long start = bounds.least();
        long end = bounds.most();
        if (!limits[0].equals("*") && !limits[0].equals("?")) {
            start = bounds.value(limits[0]);
            end = limits.length == 1 ? start : end(text, limits, bounds);
        }
        long step = 1;
        if (parts.length == 2) {
            step = number(parts[1]);
            end = limits.length == 1 ? bounds.most() : end;
        } else if (parts.length > 2) {
            throw new IllegalArgumentException("too many slashes: " + text);
        }
        within(start, end, step, bounds, text);
    }

    private static long end(String text, String[] limits, Bounds bounds) {
        if (limits.length > 2) {
            throw new IllegalArgumentException("too many hyphens: " + text);
        }
        return bounds.value(limits[1]);
    }

    private static void within(long start, long end, long step, Bounds bounds, String text) {
        String problem = null;
        if (start < bounds.least()) {
            problem = "beginning of range (" + start + ") below minimum (" + bounds.least() + ")";
        } else if (end > bounds.most()) {
            problem = "end of range (" + end + ") above maximum (" + bounds.most() + ")";
        } else if (start > end) {
            problem = "beginning of range (" + start + ") beyond end of range (" + end + ")";
        } else if (step == 0) {
            problem = "step of range should be a positive number";
        }
        if (problem != null) {
            throw new IllegalArgumentException(problem + ": " + text);
        }
    }

    private static long number(String text) {
        if (!NUMBER.matcher(text).matches() || text.length() > DIGITS) {
            throw new IllegalArgumentException("failed to parse int from " + text + ": strconv.Atoi: parsing \"" + text
                    + "\": " + (text.length() > DIGITS ? "value out of range" : "invalid syntax"));
        }
        long number = Long.parseLong(text);
        if (number < 0) {
            throw new IllegalArgumentException("negative number (" + number + ") not allowed: " + text);
        }
        return number;
    }
}
