package io.kubespring.scheduler.framework;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.PodAffinity;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAntiAffinity;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a Pod asks of its neighbours. */
public record PodAffinities(
        List<AffinityTerm> required,
        List<AffinityTerm> requiredAnti,
        List<AffinityTerm> preferred,
        List<AffinityTerm> preferredAnti) {

    static final PodAffinities NONE = new PodAffinities(List.of(), List.of(), List.of(), List.of());

    static PodAffinities of(@Nullable Affinity affinity, String namespace, Map<String, String> labels) {
        if (affinity == null || (affinity.getPodAffinity() == null && affinity.getPodAntiAffinity() == null)) {
            return NONE;
        }
        PodAffinity near = affinity.getPodAffinity();
        PodAntiAffinity far = affinity.getPodAntiAffinity();
        return new PodAffinities(
                near == null
                        ? List.of()
                        : required(near.getRequiredDuringSchedulingIgnoredDuringExecution(), namespace, labels),
                far == null
                        ? List.of()
                        : required(far.getRequiredDuringSchedulingIgnoredDuringExecution(), namespace, labels),
                near == null
                        ? List.of()
                        : preferred(near.getPreferredDuringSchedulingIgnoredDuringExecution(), namespace, labels),
                far == null
                        ? List.of()
                        : preferred(far.getPreferredDuringSchedulingIgnoredDuringExecution(), namespace, labels));
    }

    private static List<AffinityTerm> required(
            List<PodAffinityTerm> terms, String namespace, Map<String, String> labels) {
        return terms.stream()
                .map(each -> AffinityTerm.of(each, namespace, labels, 0))
                .toList();
    }

    private static List<AffinityTerm> preferred(
            List<WeightedPodAffinityTerm> terms, String namespace, Map<String, String> labels) {
        return terms.stream()
                .map(each -> AffinityTerm.of(each.getPodAffinityTerm(), namespace, labels, each.getWeight()))
                .toList();
    }

    public boolean isEmpty() {
        return required.isEmpty() && requiredAnti.isEmpty() && preferred.isEmpty() && preferredAnti.isEmpty();
    }
}
