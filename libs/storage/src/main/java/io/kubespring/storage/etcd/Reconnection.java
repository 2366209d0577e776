package io.kubespring.storage.etcd;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.kubespring.api.time.TimeSource;
import java.time.Duration;

/**
 * Keeps trying while no member can be reached. gRPC would wait longer and longer between its attempts, and requests would
 * fail for minutes after etcd is back.
 */
final class Reconnection {

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final ManagedChannel channel;
    private final TimeSource time;

    private Reconnection(ManagedChannel channel, TimeSource time) {
        this.channel = channel;
        this.time = time;
    }

    static void keepTrying(ManagedChannel channel, TimeSource time) {
        new Reconnection(channel, time).look();
    }

    private void look() {
        ConnectivityState now = channel.getState(false);
        switch (now) {
            case TRANSIENT_FAILURE -> time.schedule(PAUSE, this::again);
            case SHUTDOWN -> {}
            case IDLE, CONNECTING, READY -> channel.notifyWhenStateChanged(now, this::look);
        }
    }

    private void again() {
        channel.resetConnectBackoff();
        look();
    }
}
