package io.kubespring.apimachinery.structural;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/** RFC 3339 times, refused in the words of Go's time package. */
final class TimeText {

    private static final int PLAIN_LENGTH = 20;
    private static final String LAYOUT = "2006-01-02T15:04:05Z07:00";
    private static final String[] ELEMENTS = {"2006", "-", "01", "-", "02", "T", "15", ":", "04", ":", "05", "Z07:00"};

    private TimeText() {}

    static void check(String text) {
        if (isPlain(text)) {
            return;
        }
        try {
            OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        } catch (DateTimeException notATime) {
            throw new WrongTypeException("parsing time \"" + text + "\" as \"" + LAYOUT + "\": " + where(text));
        }
    }

    /** Whether it has the form that nearly all times have: {@code 2026-02-28T23:59:59Z}, on a day that every month has. */
    private static boolean isPlain(String text) {
        return text.length() == PLAIN_LENGTH
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && text.charAt(19) == 'Z'
                && twoDigits(text, 0) >= 0
                && twoDigits(text, 2) >= 0
                && within(twoDigits(text, 5), 1, 12)
                && within(twoDigits(text, 8), 1, 28)
                && within(twoDigits(text, 11), 0, 23)
                && within(twoDigits(text, 14), 0, 59)
                && within(twoDigits(text, 17), 0, 59);
    }

    private static int twoDigits(String text, int at) {
        int tens = text.charAt(at) - '0';
        int ones = text.charAt(at + 1) - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    private static boolean within(int value, int low, int high) {
        return value >= low && value <= high;
    }

    private static String where(String text) {
        int at = 0;
        for (String element : ELEMENTS) {
            int end = at + element.length();
            boolean digits = Character.isDigit(element.charAt(0));
            boolean fits = element.startsWith("Z")
                    ? at < text.length()
                    : end <= text.length() && (digits ? allDigits(text, at, end) : text.startsWith(element, at));
            if (!fits) {
                return "cannot parse \"" + text.substring(Math.min(at, text.length())) + "\" as \"" + element + '"';
            }
            at = end;
        }
        return "field out of range";
    }

    private static boolean allDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
