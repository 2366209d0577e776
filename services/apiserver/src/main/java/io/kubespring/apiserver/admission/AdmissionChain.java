package io.kubespring.apiserver.admission;

import java.util.List;
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

    public AdmissionChain(List<AdmissionPlugin> plugins) {
        this.plugins = List.copyOf(plugins);
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
        return new AdmissionChain(plugins.stream()
                .filter(plugin -> !disabled.contains(plugin.name()))
                .toList());
    }

    /** Names in order, for the log and tests. */
    public List<String> names() {
        return plugins.stream().map(AdmissionPlugin::name).toList();
    }

    public void mutate(AdmissionAttributes attributes, ObjectNode object, @Nullable ObjectNode old) {
        for (AdmissionPlugin plugin : plugins) {
            if (plugin.handles(attributes)) {
                plugin.mutate(attributes, object, old);
            }
        }
    }

    public void validate(AdmissionAttributes attributes, @Nullable ObjectNode object, @Nullable ObjectNode old) {
        for (AdmissionPlugin plugin : plugins) {
            if (plugin.handles(attributes)) {
                plugin.validate(attributes, object, old);
            }
        }
    }
}
