package io.kubespring.apiserver.shell;

import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.ApiServerCore;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Ends watches before the web server waits for its requests to finish: they never would by themselves. Stops first, by the
 * default phase.
 */
final class StreamsEnd implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsEnd.class);

    private final ApiServerCore core;
    private final TimeSource time;
    private final Duration delay;
    private volatile boolean running;

    /** @param delay for load balancers to notice that the server is not ready any more */
    StreamsEnd(ApiServerCore core, TimeSource time, Duration delay) {
        this.core = core;
        this.time = time;
        this.delay = delay;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        core.announceStop();
        if (delay.isPositive()) {
            LOG.info("not ready any more, going on to serve for {}", delay);
            try {
                time.sleep(delay);
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
            }
        }
        core.prepareToStop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
