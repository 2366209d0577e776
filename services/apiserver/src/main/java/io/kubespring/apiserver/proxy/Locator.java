package io.kubespring.apiserver.proxy;

import reactor.core.publisher.Mono;

/** Finds out where requests for a resource's proxy go. */
@FunctionalInterface
interface Locator {

    /**
     * @param id the name in the path, with scheme and port
     * @return or fails with a {@link io.kubespring.api.error.StatusException}
     */
    Mono<Location> locate(String namespace, String id);
}
