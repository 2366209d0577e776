package io.kubespring.testing.client;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.kubespring.api.time.ManualTime;
import io.kubespring.api.time.RandomSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.ListOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A whole control plane on one thread in manual time: tasks run in the order they were handed in, when a test says so.
 * The same seed gives the same run.
 */
public final class Simulation {

    private static final int MAX_TASKS = 1_000_000;
    private static final Duration STEP = Duration.ofMillis(100);

    private final ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
    private final RandomSource random = RandomSource.seeded(1);
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final InMemoryApi api = new InMemoryApi(time, random);
    private final KubeClient client = KubeClient.over(api, time);

    public ManualTime time() {
        return time;
    }

    public RandomSource random() {
        return random;
    }

    public InMemoryApi api() {
        return api;
    }

    public KubeClient client() {
        return client;
    }

    public Executor executor() {
        return tasks::add;
    }

    /** Runs tasks until there are none. */
    public void settle() {
        for (int i = 0; i < MAX_TASKS; i++) {
            Runnable next = tasks.poll();
            if (next == null) {
                return;
            }
            next.run();
        }
        throw new IllegalStateException("never settles");
    }

    /** Moves time in small steps, settling after each. */
    public void advance(Duration span) {
        settle();
        for (Duration left = span; left.isPositive(); left = left.minus(STEP)) {
            time.advance(left.compareTo(STEP) < 0 ? left : STEP);
            settle();
        }
    }

    public <T extends HasMetadata> T create(T object) {
        String namespace = object.getMetadata().getNamespace();
        return Objects.requireNonNull(client.resources(typeOf(object))
                .inNamespace(namespace == null ? "default" : namespace)
                .create(object)
                .block());
    }

    public <T extends HasMetadata> T get(Class<T> type, String namespace, String name) {
        return Objects.requireNonNull(
                client.resources(type).inNamespace(namespace).get(name).block());
    }

    public <T extends HasMetadata> @Nullable T find(Class<T> type, String namespace, String name) {
        return client.resources(type).inNamespace(namespace).find(name).block();
    }

    /** All objects of a type, oldest first, then by name. */
    public <T extends HasMetadata> List<T> list(Class<T> type) {
        return Objects.requireNonNull(
                        client.resources(type).list(ListOptions.ALL).block())
                .items()
                .stream()
                .sorted(Comparator.comparing((T object) -> object.getMetadata().getCreationTimestamp())
                        .thenComparing(object -> object.getMetadata().getName()))
                .toList();
    }

    @SuppressWarnings("unchecked") // an object's class is a class of its type
    private static <T extends HasMetadata> Class<T> typeOf(T object) {
        return (Class<T>) object.getClass();
    }
}
