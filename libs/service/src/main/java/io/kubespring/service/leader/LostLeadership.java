package io.kubespring.service.leader;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationEventPublisher;

/** Tells that a component led once and may never again: it is alive no more, and a process of its own ends. */
public final class LostLeadership implements Runnable {

    private final ApplicationEventPublisher publisher;

    public LostLeadership(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void run() {
        AvailabilityChangeEvent.publish(publisher, this, LivenessState.BROKEN);
    }
}
