package io.kubespring.kubelet.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Asks the API server for single objects, as the Node authorizer allows, and keeps the answers for a short while. */
public final class ApiConfigObjects implements ConfigObjects {

    private static final Duration FRESH = Duration.ofSeconds(30);

    private record Key(Class<?> type, String namespace, String name) {}

    private record Kept(Optional<? extends HasMetadata> object, Instant until) {}

    private final KubeClient client;
    private final TimeSource time;
    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

    public ApiConfigObjects(KubeClient client, TimeSource time) {
        this.client = client;
        this.time = time;
    }

    @Override
    public @Nullable ConfigMap configMap(String namespace, String name) {
        return get(ConfigMap.class, namespace, name);
    }

    @Override
    public @Nullable Secret secret(String namespace, String name) {
        return get(Secret.class, namespace, name);
    }

    @Override
    public void refresh(String namespace) {
        kept.keySet().removeIf(key -> key.namespace.equals(namespace));
    }

    private <T extends HasMetadata> @Nullable T get(Class<T> type, String namespace, String name) {
        var key = new Key(type, namespace, name);
        Kept answer = kept.get(key);
        Instant now = time.now();
        if (answer == null || now.isAfter(answer.until)) {
            Resources<T> api = client.resources(type).inNamespace(namespace);
            Optional<T> object = api.find(name).blockOptional();
            // What is missing is asked for again at once: somebody waits for it.
            answer = new Kept(object, object.isPresent() ? now.plus(FRESH) : now);
            kept.put(key, answer);
            kept.values().removeIf(each -> now.isAfter(each.until.plus(FRESH)));
        }
        return type.cast(answer.object.orElse(null));
    }
}
