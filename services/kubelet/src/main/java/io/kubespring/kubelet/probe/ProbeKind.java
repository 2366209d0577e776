package io.kubespring.kubelet.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import org.jspecify.annotations.Nullable;

/** What a probe asks. */
public enum ProbeKind {
    STARTUP("Startup"),
    READINESS("Readiness"),
    LIVENESS("Liveness");

    private final String text;

    ProbeKind(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public @Nullable Probe of(Container container) {
        return switch (this) {
            case STARTUP -> container.getStartupProbe();
            case READINESS -> container.getReadinessProbe();
            case LIVENESS -> container.getLivenessProbe();
        };
    }

    /** What holds before the first answer. */
    boolean initial() {
        return this == LIVENESS;
    }
}
