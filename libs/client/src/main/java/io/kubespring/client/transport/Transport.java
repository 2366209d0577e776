package io.kubespring.client.transport;

import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Carries requests to an API server under one identity. Two implementations: HTTPS, and in-process (the API server's),
 * which enters in front of authorization with its user already known.
 */
public interface Transport extends AutoCloseable {

    /** Sends a request; the answer's body must be consumed or cancelled. Connection failures are errors of the Mono. */
    Mono<Response> send(Request request);

    /** The server, as metrics name it: "10.0.0.1:6443". */
    default String host() {
        return "in-process";
    }

    /** Runs what must not keep up the thread that asks for it: a timer's, when a request is sent again. */
    default Executor later() {
        return Runnable::run;
    }

    @Override
    void close();

    /**
     * @param method upper case
     * @param uri raw path and query ("/api/v1/pods?watch=true")
     * @param headers lower-case names
     */
    record Request(String method, String uri, Map<String, String> headers, byte @Nullable [] body) {

        /** Whether the answer is one that does not end by itself: a watch, or a log that is followed. */
        public boolean streams() {
            return uri.contains("watch=true") || uri.contains("watch=1") || uri.contains("follow=true");
        }
    }

    /**
     * @param status HTTP status code
     * @param headers lower-case names
     * @param body chunks as they arrive; a watch never ends by itself
     */
    record Response(int status, Map<String, String> headers, Flux<byte[]> body) {}
}
