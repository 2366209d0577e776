package io.kubespring.apiserver.request;

import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Answers a request by means of the transport itself: its body is streamed, or its connection taken over. */
@FunctionalInterface
public interface DirectAnswer {

    /**
     * @return ends with the answer, or is cancelled when a connection that was taken over has gone; fails with a
     *     {@link io.kubespring.api.error.StatusException} as long as nothing was sent
     */
    Mono<Void> serve(HttpServerRequest request, HttpServerResponse response);
}
