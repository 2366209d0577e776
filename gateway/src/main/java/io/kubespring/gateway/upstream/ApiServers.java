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
 * The API servers in the order in which a request should try them: the ready ones, each in its turn, then the others, since
 * a probe can be wrong. Every second each is asked for its {@code /readyz}; a request without an answer is ended after
 * its time, sooner where its server has stopped answering altogether.
 */
public final class ApiServers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ApiServers.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration PROBE = Duration.ofSeconds(2);

    /** A little more than the API server gives itself (60 s): its own answer says more. */
    private static final Duration ANSWER = Duration.ofSeconds(65);

    /** Of a server that failed as many probes in a row, no answer is expected any more. */
    private static final int LOST = 5;

    private static final int OK = 200;

    private final List<ApiServerEndpoint> servers;
    private final Connections connections;
    private final TimeSource time;
    private final AtomicInteger turn = new AtomicInteger();
    private TimeSource.Cancellable timer = () -> {};

    public ApiServers(List<ApiServerEndpoint> servers, Connections connections, TimeSource time) {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("no API server is named");
        }
        this.servers = List.copyOf(servers);
        this.connections = connections;
        this.time = time;
    }

    public void start() {
        timer = time.scheduleAtFixedRate(Duration.ZERO, PERIOD, () -> servers.forEach(this::look));
    }

    public List<ApiServerEndpoint> all() {
        return servers;
    }

    public boolean anyReady() {
        return servers.stream().anyMatch(ApiServerEndpoint::ready);
    }

    /** In the order in which to try them. */
    public List<ApiServerEndpoint> inTurn() {
        int count = servers.size();
        if (count == 1) {
            return servers;
        }
        int first = Math.floorMod(turn.getAndIncrement(), count);
        var ordered = new ArrayList<ApiServerEndpoint>(count);
        for (boolean ready : new boolean[] {true, false}) {
            for (int i = 0; i < count; i++) {
                ApiServerEndpoint server = servers.get((first + i) % count);
                // Its health may change meanwhile: it must not be left out, nor be there twice.
                if (ready ? server.ready() : !ordered.contains(server)) {
                    ordered.add(server);
                }
            }
        }
        return ordered;
    }

    private void look(ApiServerEndpoint server) {
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

    private static void found(ApiServerEndpoint server, boolean ready, Object why) {
        if (server.ready() != ready) {
            if (ready) {
                LOG.info("API server {} is ready", server);
            } else {
                LOG.warn("API server {} is not ready: {}", server, String.valueOf(why));
            }
        }
        server.found(ready);
    }

    Waiting await(ApiServerEndpoint server) {
        var waiting = new Waiting(time.nanoTime());
        server.waiting.add(waiting);
        return waiting;
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
