package io.kubespring.apiserver.handlers;

import io.kubespring.apiserver.request.ApiResponse;
import reactor.core.publisher.Mono;

/** Serves one verb, or one verb of a subresource. May throw or emit a StatusException. */
@FunctionalInterface
public interface VerbHandler {

    Mono<? extends ApiResponse> handle(Call call);
}
