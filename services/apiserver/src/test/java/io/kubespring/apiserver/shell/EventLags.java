package io.kubespring.apiserver.shell;

import io.kubespring.api.time.SystemTime;
import java.util.Arrays;

/** For each event, how long its writer waited, and how long after its writing began the last watcher had it. */
final class EventLags {

    private final long[] began;
    private final long[] answered;
    private final long[] last;

    EventLags(int events) {
        began = new long[events + 1];
        answered = new long[events + 1];
        last = new long[events + 1];
    }

    private static long now() {
        return SystemTime.instance().nanoTime();
    }

    void sending(int number) {
        if (number < began.length) {
            began[number] = now();
        }
    }

    void answered(int number) {
        if (number < answered.length) {
            answered[number] = now();
        }
    }

    /** @param nanos when the last watcher had it */
    void received(int number, long nanos) {
        last[number] = nanos;
    }

    /** Since the first was begun. */
    double perSecond() {
        int count = began.length - 1;
        return count * 1e9 / (answered[count] - began[1]);
    }

    String writes() {
        return "to the writer, ms: " + summary(answered);
    }

    String deliveries() {
        return "to the last watcher, ms: " + summary(last);
    }

    private String summary(long[] end) {
        long[] millis = new long[end.length - 1];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = (end[i + 1] - began[i + 1]) / 1_000_000;
        }
        Arrays.sort(millis);
        return "median " + millis[millis.length / 2] + ", p99 " + millis[millis.length * 99 / 100] + ", most "
                + millis[millis.length - 1];
    }
}
