package io.kubespring.controllers.pods;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.controllers.expectations.Expectations;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes and deletes many Pods of an owner, which are expected until the informer shows what became of them. */
public final class OwnedPods {

    private final PodControl control;
    private final Expectations<ObjectKey> expectations;

    public OwnedPods(PodControl control, Expectations<ObjectKey> expectations) {
        this.control = control;
        this.expectations = expectations;
    }

    /** @param failure the first of what went wrong; null where nothing did, or only since the namespace goes away */
    public record Created(int count, @Nullable RuntimeException failure) {}

    /** @param next the Pods to make, one after the other */
    public Created create(HasMetadata owner, int count, Supplier<Pod> next) {
        ObjectKey key = ObjectKey.of(owner);
        expectations.expectCreations(key, count);
        SlowStart.Outcome outcome = SlowStart.run(count, () -> control.create(owner, next.get()));
        expectations.lowerCreations(key, count - outcome.succeeded());
        return new Created(
                outcome.succeeded(),
                outcome.failures().stream()
                        .filter(failure -> !PodControl.isNamespaceTerminating(failure))
                        .findFirst()
                        .map(OwnedPods::unchecked)
                        .orElse(null));
    }

    /**
     * Deletes side by side.
     *
     * @return one of the failures, or null
     */
    public @Nullable RuntimeException delete(HasMetadata owner, List<Pod> victims) {
        if (victims.isEmpty()) {
            return null;
        }
        ObjectKey key = ObjectKey.of(owner);
        expectations.expectDeletions(
                key, victims.stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet()));
        List<Throwable> failures = Flux.fromIterable(victims)
                .flatMap(
                        pod -> control.delete(owner, pod)
                                .then(Mono.<Throwable>empty())
                                .onErrorResume(failure -> {
                                    expectations.deletionObserved(
                                            key, pod.getMetadata().getUid());
                                    return Mono.just(failure);
                                }),
                        victims.size())
                .collectList()
                .block();
        return failures == null || failures.isEmpty() ? null : unchecked(failures.getFirst());
    }

    private static RuntimeException unchecked(Throwable failure) {
        return failure instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
    }
}
