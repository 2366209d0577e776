package io.kubespring.apiserver.shell;

import io.kubespring.api.time.TimeSource;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Shares an event loop fairly among those who keep it busy. Many requests, and their bodies, may arrive at once and are
 * dealt with in place; without turns, whoever asks on the same loop waits for all of them. A party that has had its quantum
 * within one turn of the loop goes on in the next, after every other. Until it is known who asks, a party is a connection;
 * from then on a user, whose many connections have one quantum together.
 *
 * <p>One instance belongs to one event loop and is used by its thread only.
 */
final class LoopTurns {

    static final long QUANTUM_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private static final FastThreadLocal<LoopTurns> OF_THREAD = new FastThreadLocal<>();

    private final TimeSource time;
    private final EventLoop loop;
    private final Map<Object, ArrayDeque<Runnable>> waiting = new LinkedHashMap<>();

    /** What parties have had in this turn of the loop, in nanoseconds. */
    private final Map<Object, Long> spent = new HashMap<>();

    private boolean endScheduled;

    private LoopTurns(EventLoop loop, TimeSource time) {
        this.loop = loop;
        this.time = time;
    }

    /** Runs {@code step} now, or when the connection's next turn comes. To be called on the channel's event loop. */
    static void take(Channel channel, TimeSource time, Runnable step) {
        Channel parent = channel.parent();
        take(channel, parent == null || parent instanceof ServerChannel ? channel : parent, time, step);
    }

    /** The same in the turn of a {@code party}, told from others by {@code equals}. */
    static void take(Channel channel, Object party, TimeSource time, Runnable step) {
        LoopTurns turns = OF_THREAD.get();
        if (turns == null || turns.loop != channel.eventLoop()) {
            turns = new LoopTurns(channel.eventLoop(), time);
            OF_THREAD.set(turns);
        }
        turns.take(party, step);
    }

    /** The same from any thread. */
    static void enter(Channel channel, Object party, TimeSource time, Runnable step) {
        if (channel.eventLoop().inEventLoop()) {
            take(channel, party, time, step);
        } else {
            channel.eventLoop().execute(() -> take(channel, party, time, step));
        }
    }

    private void take(Object party, Runnable step) {
        ArrayDeque<Runnable> ahead = waiting.get(party);
        if (ahead == null) {
            Long had = spent.get(party);
            if (had == null || had < QUANTUM_NANOS) {
                run(party, step);
                return;
            }
            ahead = new ArrayDeque<>();
            waiting.put(party, ahead);
        }
        ahead.add(step);
    }

    private void run(Object party, Runnable step) {
        if (!endScheduled) {
            endScheduled = true;
            loop.execute(this::end);
        }
        long start = time.nanoTime();
        try {
            step.run();
        } finally {
            spent.merge(party, time.nanoTime() - start, Long::sum);
        }
    }

    /** After the loop has read from all connections that had something: those that had to stop go on, a quantum each. */
    private void end() {
        endScheduled = false;
        spent.clear();
        if (waiting.isEmpty()) {
            return;
        }
        Map<Object, ArrayDeque<Runnable>> round = new LinkedHashMap<>(waiting);
        round.forEach((party, steps) -> {
            long until = time.nanoTime() + QUANTUM_NANOS;
            do {
                steps.remove().run();
            } while (!steps.isEmpty() && time.nanoTime() < until);
            if (steps.isEmpty()) {
                waiting.remove(party);
            }
        });
        if (!waiting.isEmpty()) {
            endScheduled = true;
            Thread.yield(); // To the other loops: where processors are few, theirs may be who waits.
            // Scheduled, not executed: the loop looks at its connections first.
            loop.schedule(this::end, 0, TimeUnit.NANOSECONDS);
        }
    }
}
