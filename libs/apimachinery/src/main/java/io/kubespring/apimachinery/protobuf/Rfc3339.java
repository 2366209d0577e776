package io.kubespring.apimachinery.protobuf;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Times as JSON writes them. */
final class Rfc3339 {

    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Rfc3339() {}

    static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String micros(Instant time) {
        return MICROSECONDS.format(time);
    }

    /** @throws IllegalArgumentException for anything else */
    static Instant parse(byte[] json, int from, int to) {
        if (to - from == "2006-01-02T15:04:05Z".length() && json[to - 1] == 'Z' && json[from + 10] == 'T') {
            try {
                long day = LocalDate.of(number(json, from, 4), number(json, from + 5, 2), number(json, from + 8, 2))
                        .toEpochDay();
                int hour = number(json, from + 11, 2);
                int minute = number(json, from + 14, 2);
                return Instant.ofEpochSecond(day * 86_400 + hour * 3_600L + minute * 60L + number(json, from + 17, 2));
            } catch (DateTimeException noDate) {
                throw new IllegalArgumentException(noDate);
            }
        }
        try {
            return OffsetDateTime.parse(new String(json, from, to - from, StandardCharsets.US_ASCII))
                    .toInstant();
        } catch (DateTimeException noTime) {
            throw new IllegalArgumentException(noTime);
        }
    }

    private static int number(byte[] json, int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            value = value * 10 + json[i] - '0';
        }
        return value;
    }
}
