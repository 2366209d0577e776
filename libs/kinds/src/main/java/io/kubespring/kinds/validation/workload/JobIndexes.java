package io.kubespring.kinds.validation.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Indexes of a Job as its status writes them: "1,3-5,7", ever growing, below the completions. */
record JobIndexes(List<Interval> intervals) {

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,18}");

    /** Both ends belong to it. */
    record Interval(long first, long last) {}

    /** @throws IllegalArgumentException with upstream's words for what is wrong */
    static JobIndexes parse(String text, long completions) {
        List<Interval> intervals = new ArrayList<>();
        long last = Long.MIN_VALUE;
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            Interval interval = interval(part, completions);
            if (!intervals.isEmpty() && last >= interval.first()) {
                throw new IllegalArgumentException(
                        "non-increasing order, previous: " + last + ", current: " + interval.first());
            }
            intervals.add(interval);
            last = interval.last();
        }
        return new JobIndexes(intervals);
    }

    /** What can be read of it. */
    static JobIndexes readable(String text, long completions) {
        List<Interval> intervals = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            try {
                intervals.add(interval(part, completions));
            } catch (IllegalArgumentException complainedOfElsewhere) {
                continue;
            }
        }
        return new JobIndexes(intervals);
    }

    private static Interval interval(String text, long completions) {
        String[] limits = text.split("-", -1);
        if (limits.length > 2) {
            throw new IllegalArgumentException("the fragment \"" + text
                    + "\" violates the requirement that an index interval can have at most two parts separated by '-'");
        }
        long first = index(limits[0], completions);
        if (limits.length == 1) {
            return new Interval(first, first);
        }
        long last = index(limits[1], completions);
        if (first >= last) {
            throw new IllegalArgumentException("non-increasing order, previous: " + first + ", current: " + last);
        }
        return new Interval(first, last);
    }

    private static long index(String text, long completions) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("cannot convert string to integer for index: \"" + text + "\"");
        }
        long index = Long.parseLong(text);
        if (index >= completions) {
            throw new IllegalArgumentException("too large index: \"" + text + "\"");
        }
        return index;
    }

    long count() {
        return intervals.stream()
                .mapToLong(each -> each.last() - each.first() + 1)
                .sum();
    }

    /** The first index that is in both, or −1. */
    long overlap(JobIndexes other) {
        int mine = 0;
        int theirs = 0;
        while (mine < intervals.size() && theirs < other.intervals.size()) {
            Interval one = intervals.get(mine);
            Interval two = other.intervals.get(theirs);
            if (one.first() <= two.last() && two.first() <= one.last()) {
                return Math.max(one.first(), two.first());
            }
            if (one.first() <= two.first()) {
                mine++;
            } else {
                theirs++;
            }
        }
        return -1;
    }
}
