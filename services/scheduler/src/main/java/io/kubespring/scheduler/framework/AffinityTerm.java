package io.kubespring.scheduler.framework;

import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.kubespring.api.selector.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pods that a Pod wants to be near to, or far from.
 *
 * @param namespaces of the Pods that are meant
 * @param namespaceSelector further namespaces; null for none
 * @param topologyKey the node label whose equal values mean "near"
 * @param weight of a preference; 0 for a requirement
 */
public record AffinityTerm(
        LabelSelector selector,
        Set<String> namespaces,
        @Nullable LabelSelector namespaceSelector,
        String topologyKey,
        int weight) {

    static AffinityTerm of(PodAffinityTerm term, String namespace, Map<String, String> labels, int weight) {
        LabelSelector further = term.getNamespaceSelector() == null
                ? null
                : ModelSelectors.of(term.getNamespaceSelector(), Map.of(), List.of(), List.of());
        // Neither means the Pod's own namespace.
        Set<String> named = term.getNamespaces().isEmpty() && further == null
                ? Set.of(namespace)
                : Set.copyOf(term.getNamespaces());
        return new AffinityTerm(
                ModelSelectors.of(
                        term.getLabelSelector(), labels, term.getMatchLabelKeys(), term.getMismatchLabelKeys()),
                named,
                further,
                term.getTopologyKey(),
                weight);
    }

    /** Whether the Pod is one of those meant. */
    public boolean means(PodInfo pod, NamespaceLabels all) {
        if (!namespaces.contains(pod.namespace())
                && (namespaceSelector == null || !namespaceSelector.matches(all.of(pod.namespace())))) {
            return false;
        }
        return selector.matches(pod.labels());
    }
}
