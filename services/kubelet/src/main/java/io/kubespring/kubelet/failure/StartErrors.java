package io.kubespring.kubelet.failure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Why containers of Pods could not be started the last time it was tried; the status shows it. */
public final class StartErrors {

    /** What a waiting state says. */
    public record Problem(String reason, String message) {}

    private record Key(String podUid, String container) {}

    private final Map<Key, Problem> problems = new ConcurrentHashMap<>();

    public void set(String podUid, String container, String reason, String message) {
        problems.put(new Key(podUid, container), new Problem(reason, message));
    }

    public void clear(String podUid, String container) {
        problems.remove(new Key(podUid, container));
    }

    public void forget(String podUid) {
        problems.keySet().removeIf(key -> key.podUid.equals(podUid));
    }

    public @Nullable Problem get(String podUid, String container) {
        return problems.get(new Key(podUid, container));
    }
}
