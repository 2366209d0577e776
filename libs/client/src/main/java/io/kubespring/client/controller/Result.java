package io.kubespring.client.controller;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a reconciler asks for next. Null: wait for a change. */
public record Result(@Nullable Duration requeueAfter) {

    public static final Result DONE = new Result(null);

    public static Result after(Duration delay) {
        return new Result(delay);
    }
}
