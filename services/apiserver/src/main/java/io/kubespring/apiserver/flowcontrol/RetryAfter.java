package io.kubespring.apiserver.flowcontrol;

import java.util.ArrayDeque;

/**
 * How long a rejected client is told to stay away: doubles while a level keeps turning requests away (three or more a
 * second of the current wait), up to 32 s, and shrinks by a second when it hardly does.
 */
final class RetryAfter {

    private static final int LONGEST = 32;

    /** Requests turned away within one second. */
    private record Second(long at, long dropped) {}

    private final ArrayDeque<Second> history = new ArrayDeque<>();
    private long second;
    private long dropped;
    private long raised;
    private volatile int wait = 1;

    int seconds() {
        return wait;
    }

    synchronized void dropped(long now) {
        if (now == second) {
            dropped++;
            return;
        }
        history.add(new Second(second, dropped));
        while (second - history.element().at() > Math.min(2 * wait, LONGEST)) {
            history.remove();
        }
        second = now;
        dropped = 1;
        adjust(now);
    }

    private void adjust(long now) {
        long recent = 0;
        for (Second each : history) {
            if (now - each.at() <= wait && each.at() < now) {
                recent += each.dropped();
            }
        }
        if (now - raised >= wait && recent >= 3L * wait) {
            wait = Math.min(LONGEST, 2 * wait);
            raised = now;
        } else if (recent < wait && wait > 1) {
            wait = wait - 1;
        }
    }
}
