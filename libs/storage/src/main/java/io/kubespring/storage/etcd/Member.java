package io.kubespring.storage.etcd;

import io.grpc.ClientStreamTracer;
import io.grpc.ConnectivityState;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.Metadata;
import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A member of etcd as we know it: its connection, and since when it owes an answer. One that has said nothing for a while
 * although it was asked is suspected; what is asked of a suspect is little, and only what can be asked again.
 */
final class Member {

    private static final long SUSPECT_NANOS = Duration.ofMillis(500).toNanos();
    private static final long PROBE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long NOTHING = 0;

    private final TimeSource time;
    private final PickResult asked;
    private final PickResult streamed;
    final Subchannel connection;

    /** Written by the balancer only. */
    ConnectivityState state = ConnectivityState.IDLE;

    private volatile long owesSince = NOTHING;
    private volatile long probed;

    Member(Subchannel connection, TimeSource time) {
        this.connection = connection;
        this.time = time;
        asked = PickResult.withSubchannel(connection, new Listening(true));
        streamed = PickResult.withSubchannel(connection, new Listening(false));
    }

    /** @param once one question with one answer, as opposed to a stream, which may have nothing to say */
    PickResult pick(boolean once) {
        return once ? asked : streamed;
    }

    boolean suspect() {
        long since = owesSince;
        return since != NOTHING && time.nanoTime() - since > SUSPECT_NANOS;
    }

    /** Whether it is time to ask a suspect something, to find out whether it is back. */
    boolean probe() {
        long now = time.nanoTime();
        if (now - probed < PROBE_NANOS) {
            return false;
        }
        probed = now;
        return true;
    }

    private final class Listening extends ClientStreamTracer.Factory {
        private final boolean once;

        Listening(boolean once) {
            this.once = once;
        }

        @Override
        public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo stream, Metadata headers) {
            if (once && owesSince == NOTHING) {
                owesSince = time.nanoTime() | 1;
            }
            return new ClientStreamTracer() {
                @Override
                public void inboundHeaders() {
                    owesSince = NOTHING;
                }

                @Override
                public void inboundMessage(int number) {
                    owesSince = NOTHING;
                }
            };
        }
    }

    /** Of a connection that broke nothing is owed any more. */
    void became(ConnectivityState now) {
        state = now;
        owesSince = NOTHING;
    }

    /** Members that can be asked, in turn. */
    static @Nullable Member next(Member[] ready, int turn, boolean mayProbe) {
        for (int i = 0; i < ready.length; i++) {
            Member each = ready[Math.floorMod(turn + i, ready.length)];
            if (!each.suspect() || mayProbe && each.probe()) {
                return each;
            }
        }
        return ready.length == 0 ? null : ready[Math.floorMod(turn, ready.length)];
    }
}
