package io.kubespring.apimachinery.structural;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/** RFC 3339 times, refused in the words of Go's time package. */
final class TimeText {

    private static final String LAYOUT = "2006-01-02T15:04:05Z07:00";
    private static final String[] ELEMENTS = {"2006", "-", "01", "-", "02", "T", "15", ":", "04", ":", "05", "Z07:00"};

    private TimeText() {}

    static void check(String text) {
        try {
            OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        } catch (DateTimeException notATime) {
            throw new WrongTypeException("parsing time \"" + text + "\" as \"" + LAYOUT + "\": " + where(text));
        }
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
