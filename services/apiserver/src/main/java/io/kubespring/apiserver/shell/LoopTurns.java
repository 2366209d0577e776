package io.kubespring.apiserver.shell;

import io.kubespring.api.time.TimeSource;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Shares an event loop fairly among its connections. Many requests may arrive at once on one connection and are answered
 * in place; without turns, whoever asks on another connection of the same loop waits for all of them. A connection that
 * has had its quantum within one turn of the loop goes on in the next, after every other.
 *
 * <p>One instance belongs to one event loop and is used by its thread only.
 */
final class LoopTurns {

    static final long QUANTUM_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private static final FastThreadLocal<LoopTurns> OF_THREAD = new FastThreadLocal<>();

    private final TimeSource time;
    private final EventLoop loop;
    private final Map<Channel, ArrayDeque<Runnable>> waiting = new LinkedHashMap<>();

    /** Whose quantum runs, and since when; nobody's between turns. */
    private Object current = this;

    private long since;
    private boolean endScheduled;

    private LoopTurns(EventLoop loop, TimeSource time) {
        this.loop = loop;
        this.time = time;
    }

    /** Runs {@code request} now, or when its connection's next turn comes. To be called on the channel's event loop. */
    static void take(Channel channel, TimeSource time, Runnable request) {
        LoopTurns turns = OF_THREAD.get();
        if (turns == null || turns.loop != channel.eventLoop()) {
            turns = new LoopTurns(channel.eventLoop(), time);
            OF_THREAD.set(turns);
        }
        Channel parent = channel.parent();
        turns.take(parent == null || parent instanceof io.netty.channel.ServerChannel ? channel : parent, request);
    }

    private void take(Channel connection, Runnable request) {
        ArrayDeque<Runnable> ahead = waiting.get(connection);
        if (ahead == null && mayGoOn(connection)) {
            request.run();
            return;
        }
        if (ahead == null) {
            ahead = new ArrayDeque<>();
            waiting.put(connection, ahead);
        }
        ahead.add(request);
    }

    private boolean mayGoOn(Channel connection) {
        long now = time.nanoTime();
        if (current != connection) {
            current = connection;
            since = now;
            if (!endScheduled) {
                endScheduled = true;
                loop.execute(this::end);
            }
            return true;
        }
        return now - since < QUANTUM_NANOS;
    }

    /** After the loop has read from all connections that had something: those that had to stop go on, a quantum each. */
    private void end() {
        endScheduled = false;
        current = this;
        if (waiting.isEmpty()) {
            return;
        }
        Map<Channel, ArrayDeque<Runnable>> round = new LinkedHashMap<>(waiting);
        round.forEach((connection, requests) -> {
            long until = time.nanoTime() + QUANTUM_NANOS;
            do {
                requests.remove().run();
            } while (!requests.isEmpty() && time.nanoTime() < until);
            if (requests.isEmpty()) {
                waiting.remove(connection);
            }
        });
        if (!waiting.isEmpty()) {
            endScheduled = true;
            // Scheduled, not executed: the loop looks at its connections first.
            loop.schedule(this::end, 0, TimeUnit.NANOSECONDS);
        }
    }
}
