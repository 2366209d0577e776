package io.kubespring.client.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How the API writes moments. */
public final class Times {

    private Times() {}

    /** metav1.Time: whole seconds, UTC. */
    public static String seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
