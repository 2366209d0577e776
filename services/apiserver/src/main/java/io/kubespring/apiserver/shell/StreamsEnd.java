package io.kubespring.apiserver.shell;

import io.kubespring.apiserver.ApiServerCore;
import org.springframework.context.SmartLifecycle;

/**
 * Ends watches before the web server waits for its requests to finish: they never would by themselves. Stops first, by the
 * default phase.
 */
final class StreamsEnd implements SmartLifecycle {

    private final ApiServerCore core;
    private volatile boolean running;

    StreamsEnd(ApiServerCore core) {
        this.core = core;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        core.prepareToStop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
