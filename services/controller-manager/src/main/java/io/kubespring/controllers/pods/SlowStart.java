package io.kubespring.controllers.pods;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Does the same thing many times in batches of 1, 2, 4, … and stops after a batch with a failure, so that a quota or a
 * broken admission plugin is not hit hundreds of times. A batch is done side by side.
 */
public final class SlowStart {

    private SlowStart() {}

    /** @param succeeded how many worked; those not in {@code failures} either were not tried */
    public record Outcome(int succeeded, List<Throwable> failures) {}

    public static Outcome run(int count, Supplier<? extends Mono<?>> action) {
        var failures = new ArrayList<Throwable>();
        int succeeded = 0;
        int batch = 1;
        for (int left = count; left > 0 && failures.isEmpty(); batch *= 2) {
            int size = Math.min(batch, left);
            List<Throwable> failed = parallel(size, action);
            failures.addAll(failed);
            succeeded += size - failed.size();
            left -= size;
        }
        return new Outcome(succeeded, failures);
    }

    private static List<Throwable> parallel(int size, Supplier<? extends Mono<?>> action) {
        List<Throwable> failures = Flux.range(0, size)
                .flatMap(index -> action.get().then(Mono.<Throwable>empty()).onErrorResume(Mono::just), size)
                .collectList()
                .block();
        return failures == null ? List.of() : failures;
    }
}
