package io.kubespring.kinds.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.kubespring.api.quantity.Quantity;
import io.kubespring.kinds.resources.ResourceAmounts;
import io.kubespring.kinds.tree.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** Of a spec as a tree, which is cheaper where there is one. Amounts that are none count for nothing. */
    public static QosClass of(Field spec) {
        Field ofPod = spec.at("resources");
        if (COUNTED.stream()
                .anyMatch(each -> isPositive(ofPod.at("requests").key(each))
                        || isPositive(ofPod.at("limits").key(each)))) {
            return ofTrees(List.of(ofPod));
        }
        List<Field> all = new ArrayList<>();
        for (String list : List.of("containers", "initContainers")) {
            spec.at(list).items().forEach(each -> all.add(each.at("resources")));
        }
        return ofTrees(all);
    }

    private static QosClass ofTrees(List<Field> all) {
        Map<String, Quantity> requests = new HashMap<>();
        Map<String, Quantity> limits = new HashMap<>();
        boolean limited = true;
        for (Field resources : all) {
            for (String counted : COUNTED) {
                add(requests, resources.at("requests").key(counted));
                limited &= add(limits, resources.at("limits").key(counted));
            }
        }
        if (requests.isEmpty() && limits.isEmpty()) {
            return BEST_EFFORT;
        }
        return limited && requests.equals(limits) ? GUARANTEED : BURSTABLE;
    }

    /** Whether there is any. */
    private static boolean add(Map<String, Quantity> sums, Field amount) {
        if (!isPositive(amount)) {
            return false;
        }
        sums.merge(amount.name(), Quantity.parse(amount.value().asString()), Quantity::add);
        return true;
    }

    private static boolean isPositive(Field amount) {
        try {
            return amount.present() && Quantity.parse(amount.value().asString()).signum() > 0;
        } catch (IllegalArgumentException notAQuantity) {
            return false;
        }
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
