package io.kubespring.gateway.upstream;

import java.io.IOException;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A request that was sent and has no answer yet, so that it can be ended without one. */
final class Waiting {

    final long since;
    private final Sinks.Empty<Void> cut = Sinks.empty();

    Waiting(long since) {
        this.since = since;
    }

    /** Only ever fails. */
    Mono<Void> ended() {
        return cut.asMono();
    }

    void end() {
        cut.tryEmitError(new IOException("no answer in time"));
    }
}
