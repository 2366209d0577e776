package io.kubespring.apiserver.admission;

import io.kubespring.apiserver.metrics.AdmissionMetrics;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plugins in order: every one that handles a write mutates it, and later (after defaulting and the strategy's own
 * preparation) validates it. The first refusal ends the write.
 */
public final class AdmissionChain {

    /** Admits everything as it is. */
    public static final AdmissionChain EMPTY = new AdmissionChain(List.of());

    private final List<AdmissionPlugin> plugins;
    private final @Nullable AdmissionMetrics metrics;

    public AdmissionChain(List<AdmissionPlugin> plugins) {
        this(plugins, null);
    }

    private AdmissionChain(List<AdmissionPlugin> plugins, @Nullable AdmissionMetrics metrics) {
        this.plugins = List.copyOf(plugins);
        this.metrics = metrics;
    }

    /** The same chain, timed. */
    public AdmissionChain observed(AdmissionMetrics observer) {
        return new AdmissionChain(plugins, observer);
    }

    /**
     * The same chain without some of its plugins.
     *
     * @throws IllegalArgumentException if a name is not in the chain
     */
    public AdmissionChain without(List<String> disabled) {
        for (String name : disabled) {
            if (!names().contains(name) || name.startsWith("kubespring.io/")) {
                throw new IllegalArgumentException(
                        "--disable-admission-plugins: unknown plugin \"" + name + "\"; known are " + names());
            }
        }
        return new AdmissionChain(
                plugins.stream()
                        .filter(plugin -> !disabled.contains(plugin.name()))
                        .toList(),
                metrics);
    }

    /** Names in order, for the log and tests. */
    public List<String> names() {
        return plugins.stream().map(AdmissionPlugin::name).toList();
    }

    public void mutate(AdmissionAttributes attributes, ObjectNode object, @Nullable ObjectNode old) {
        each("admit", attributes, plugin -> plugin.mutate(attributes, object, old));
    }

    public void validate(AdmissionAttributes attributes, @Nullable ObjectNode object, @Nullable ObjectNode old) {
        each("validate", attributes, plugin -> plugin.validate(attributes, object, old));
    }

    private void each(String step, AdmissionAttributes attributes, Consumer<AdmissionPlugin> action) {
        AdmissionMetrics observer = metrics;
        if (observer == null) {
            for (AdmissionPlugin plugin : plugins) {
                if (plugin.handles(attributes)) {
                    action.accept(plugin);
                }
            }
            return;
        }
        String operation = attributes.operation().name();
        long start = observer.start();
        boolean admitted = false;
        try {
            for (AdmissionPlugin plugin : plugins) {
                if (plugin.handles(attributes)) {
                    observed(observer, step, operation, plugin, action);
                }
            }
            admitted = true;
        } finally {
            observer.step(step, operation, !admitted, start);
        }
    }

    private static void observed(
            AdmissionMetrics observer,
            String step,
            String operation,
            AdmissionPlugin plugin,
            Consumer<AdmissionPlugin> action) {
        long start = observer.start();
        boolean admitted = false;
        try {
            action.accept(plugin);
            admitted = true;
        } finally {
            observer.plugin(plugin.name(), step, operation, !admitted, start);
        }
    }
}
