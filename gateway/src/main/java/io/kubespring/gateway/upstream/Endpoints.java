package io.kubespring.gateway.upstream;

import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The servers of one kind, in the order in which a request should try them: the ready ones, each in its turn, then the others, since
 * a probe can be wrong. Every second each is asked for its {@code /readyz}; a request without an answer is ended after
 * its time, sooner where its server has stopped answering altogether.
 */
public final class Endpoints implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration PROBE = Duration.ofSeconds(2);

    /** A little more than an API server gives itself (60 s): its own answer says more. */
    private static final Duration ANSWER = Duration.ofSeconds(65);

    /** Of a server that failed as many probes in a row, no answer is expected any more. */
    private static final int LOST = 5;

    private static final int OK = 200;

    private final String kind;
    private final List<Endpoint> servers;
    private final Connections connections;
    private final TimeSource time;
    private final AtomicInteger turn = new AtomicInteger();
    private TimeSource.Cancellable timer = () -> {};

    /** @param kind "API server" */
    public Endpoints(String kind, List<Endpoint> servers, Connections connections, TimeSource time) {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("no " + kind + " is named");
        }
        this.kind = kind;
        this.servers = List.copyOf(servers);
        this.connections = connections;
        this.time = time;
    }

    public void start() {
        timer = time.scheduleAtFixedRate(Duration.ZERO, PERIOD, () -> servers.forEach(this::look));
    }

    public String kind() {
        return kind;
    }

    public List<Endpoint> all() {
        return servers;
    }

    public boolean anyReady() {
        return servers.stream().anyMatch(Endpoint::ready);
    }

    /** In the order in which to try them. */
    public List<Endpoint> inTurn() {
        int count = servers.size();
        if (count == 1) {
            return servers;
        }
        int first = Math.floorMod(turn.getAndIncrement(), count);
        var ordered = new ArrayList<Endpoint>(count);
        for (boolean ready : new boolean[] {true, false}) {
            for (int i = 0; i < count; i++) {
                Endpoint server = servers.get((first + i) % count);
                // Its health may change meanwhile: it must not be left out, nor be there twice.
                if (ready ? server.ready() : !ordered.contains(server)) {
                    ordered.add(server);
                }
            }
        }
        return ordered;
    }

    private void look(Endpoint server) {
        long now = time.nanoTime();
        for (Waiting each : server.waiting) {
            if (server.failures() >= LOST || now - each.since > ANSWER.toNanos()) {
                each.end();
            }
        }
        connections
                .anonymous()
                .responseTimeout(PROBE)
                .get()
                .uri(server.origin() + "/readyz")
                .responseSingle(
                        (answer, body) -> body.then(Mono.just(answer.status().code() == OK)))
                .subscribe(ready -> found(server, ready, "not ready"), failure -> found(server, false, failure));
    }

    private void found(Endpoint server, boolean ready, Object why) {
        if (server.ready() != ready) {
            if (ready) {
                LOG.info("{} {} is ready", kind, server);
            } else {
                LOG.warn("{} {} is not ready: {}", kind, server, String.valueOf(why));
            }
        }
        server.found(ready);
    }

    Waiting await(Endpoint server) {
        var waiting = new Waiting(time.nanoTime());
        server.waiting.add(waiting);
        return waiting;
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
