package io.kubespring.kinds.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.kubespring.kinds.resources.ResourceAmounts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Pod's quality of service ("Pod Quality of Service Classes"): Guaranteed if every container limits cpu and memory and
 * requests as much, BestEffort if none asks for either, else Burstable.
 */
public enum QosClass {
    GUARANTEED("Guaranteed"),
    BURSTABLE("Burstable"),
    BEST_EFFORT("BestEffort");

    private static final List<String> COUNTED = List.of("cpu", "memory");

    private final String text;

    QosClass(String text) {
        this.text = text;
    }

    /** As it stands in {@code status.qosClass}. */
    public String text() {
        return text;
    }

    public static QosClass of(PodSpec spec) {
        if (spec.getResources() != null && asksForAnything(spec.getResources())) {
            return of(List.of(spec.getResources()));
        }
        var resources = new ArrayList<@Nullable ResourceRequirements>();
        spec.getContainers().stream().map(Container::getResources).forEach(resources::add);
        spec.getInitContainers().stream().map(Container::getResources).forEach(resources::add);
        return of(resources);
    }

    private static QosClass of(List<? extends @Nullable ResourceRequirements> all) {
        boolean guaranteed = true;
        boolean any = false;
        for (ResourceRequirements each : all) {
            any |= each != null && asksForAnything(each);
            guaranteed &= each != null && isGuaranteed(each);
        }
        if (!any) {
            return BEST_EFFORT;
        }
        return guaranteed ? GUARANTEED : BURSTABLE;
    }

    private static boolean asksForAnything(ResourceRequirements resources) {
        ResourceAmounts requests = ResourceAmounts.of(resources.getRequests());
        ResourceAmounts limits = ResourceAmounts.of(resources.getLimits());
        return COUNTED.stream().anyMatch(each -> requests.get(each) > 0 || limits.get(each) > 0);
    }

    private static boolean isGuaranteed(ResourceRequirements resources) {
        ResourceAmounts requests = ResourceAmounts.of(resources.getRequests());
        ResourceAmounts limits = ResourceAmounts.of(resources.getLimits());
        return COUNTED.stream()
                .allMatch(each ->
                        limits.get(each) > 0 && (!requests.has(each) || requests.get(each) == limits.get(each)));
    }
}
