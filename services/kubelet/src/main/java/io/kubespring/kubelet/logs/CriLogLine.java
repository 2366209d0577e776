package io.kubespring.kubelet.logs;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One line of a log in the CRI format: {@code <time> <stdout|stderr> <F|P> <text>}, where P means that the text goes on in
 * the next line.
 */
record CriLogLine(String time, String stream, boolean partial, byte[] text) {

    /** @param line without its line break; null where it is not of the format */
    static @Nullable CriLogLine parse(byte[] line) {
        int first = indexOf(line, 0);
        int second = first < 0 ? -1 : indexOf(line, first + 1);
        int third = second < 0 ? -1 : indexOf(line, second + 1);
        if (third < 0) {
            return null;
        }
        String tag = ascii(line, second + 1, third);
        return new CriLogLine(
                ascii(line, 0, first),
                ascii(line, first + 1, second),
                tag.startsWith("P"),
                Arrays.copyOfRange(line, third + 1, line.length));
    }

    /** Also where the time cannot be read: such a line is none of the runtime's, and must not end the reading. */
    boolean isBefore(Instant since) {
        try {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME
                    .parse(time, Instant::from)
                    .isBefore(since);
        } catch (DateTimeException unreadable) {
            return true;
        }
    }

    private static int indexOf(byte[] line, int from) {
        for (int at = from; at < line.length; at++) {
            if (line[at] == ' ') {
                return at;
            }
        }
        return -1;
    }

    private static String ascii(byte[] line, int from, int to) {
        return new String(line, from, to - from, StandardCharsets.US_ASCII);
    }
}
