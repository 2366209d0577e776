package io.kubespring.client.health;

import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the API server every few seconds whether it is there. Informers alone do not tell: a watch that hears nothing may
 * be quiet or dead. While the answer is no it asks every second. At most one question is under way; one that is not
 * answered within the period counts as a no.
 */
public final class ApiProbe implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ApiProbe.class);
    private static final Duration TURN = Duration.ofSeconds(1);
    private static final int TURNS_A_PERIOD = 5;
    private static final String NOT_ASKED = "not asked yet";

    private final KubeClient client;
    private final TimeSource time;
    private final AtomicBoolean asking = new AtomicBoolean();
    private long turns;
    private volatile String failure = NOT_ASKED;
    private TimeSource.@Nullable Cancellable timer;

    public ApiProbe(KubeClient client) {
        this.client = client;
        this.time = client.time();
    }

    public synchronized void start() {
        if (timer == null) {
            timer = time.scheduleAtFixedRate(Duration.ZERO, TURN, this::turn);
        }
    }

    /** The timer calls this one at a time. */
    private void turn() {
        boolean periodEnds = turns % TURNS_A_PERIOD == 0;
        turns++;
        if (!periodEnds && reachable()) {
            return;
        }
        if (asking.compareAndSet(false, true)) {
            ask();
        } else if (periodEnds) {
            become("no answer within " + TURN.multipliedBy(TURNS_A_PERIOD).toSeconds() + " s");
        }
    }

    private void ask() {
        client.call("GET", "/livez", Map.of(), null)
                .doFinally(end -> asking.set(false))
                .subscribe(answer -> become(""), error -> become(String.valueOf(error.getMessage())));
    }

    private void become(String now) {
        boolean was = reachable();
        boolean first = failure.equals(NOT_ASKED);
        failure = now;
        if ((was || first) && !reachable()) {
            LOG.warn("API server does not answer: {}", now);
        } else if (!was && reachable()) {
            LOG.info("API server answers");
        }
    }

    public boolean reachable() {
        return failure.isEmpty();
    }

    /** Why the server counts as gone; empty where it does not. */
    public String failure() {
        return failure;
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
