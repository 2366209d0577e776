package io.kubespring.kubelet.probe;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The last verdict of every probe, by container. */
final class ProbeResults implements ProbeVerdicts {

    private record Key(String containerId, ProbeKind kind) {}

    private final Map<Key, Boolean> verdicts = new ConcurrentHashMap<>();

    /** @return whether that is news */
    boolean set(String containerId, ProbeKind kind, boolean success) {
        Boolean before = verdicts.put(new Key(containerId, kind), success);
        return before == null || before != success;
    }

    void remove(String containerId, ProbeKind kind) {
        verdicts.remove(new Key(containerId, kind));
    }

    @Nullable
    Boolean get(String containerId, ProbeKind kind) {
        return verdicts.get(new Key(containerId, kind));
    }

    @Override
    public @Nullable Boolean liveness(String containerId) {
        return get(containerId, ProbeKind.LIVENESS);
    }

    @Override
    public @Nullable Boolean startup(String containerId) {
        return get(containerId, ProbeKind.STARTUP);
    }

    @Override
    public @Nullable Boolean readiness(String containerId) {
        return get(containerId, ProbeKind.READINESS);
    }
}
