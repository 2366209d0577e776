package io.kubespring.service.boot;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationListener;

/**
 * Ends the process of a component that says of itself that it is broken for good (it lost its lease), so that its
 * supervisor starts it again. Only where the component is the process; others go on with a failing liveness.
 */
final class ExitWhenBroken implements ApplicationListener<AvailabilityChangeEvent<LivenessState>> {

    private static final Logger LOG = LoggerFactory.getLogger(ExitWhenBroken.class);

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<LivenessState> event) {
        if (event.getState() == LivenessState.BROKEN) {
            LOG.error("broken, the process ends");
            // The publisher's thread must be free for what the shutdown hook closes.
            Thread.ofPlatform().name("exit").start(() -> System.exit(1));
        }
    }
}
