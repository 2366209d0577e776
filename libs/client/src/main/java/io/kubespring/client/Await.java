package io.kubespring.client;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Waits for an answer on the calling virtual thread. Never for event loops. */
public final class Await {

    private Await() {}

    /** Waits for an answer that always has a body. */
    public static <T> T value(Mono<T> answer) {
        T value = answer.block();
        if (value == null) {
            throw new IllegalStateException("the server answered nothing");
        }
        return value;
    }

    /** Waits for an answer that may be empty. */
    public static <T> @Nullable T optional(Mono<T> answer) {
        return answer.block();
    }

    /** Waits until it is done. */
    public static void done(Mono<?> answer) {
        answer.then().block();
    }
}
