package io.kubespring.kubelet.resources;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads quantities of containers as whole numbers, rounded up. */
public final class Amounts {

    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    private Amounts() {}

    public static long milli(Quantity quantity) {
        return whole(quantity.getNumericalAmount().multiply(THOUSAND));
    }

    public static long value(Quantity quantity) {
        return whole(quantity.getNumericalAmount());
    }

    private static long whole(BigDecimal amount) {
        return amount.setScale(0, RoundingMode.CEILING).longValue();
    }

    /** Thousandths of a CPU. */
    public static @Nullable Long cpuRequest(Container container) {
        Quantity quantity = requests(container).get("cpu");
        return quantity == null ? null : milli(quantity);
    }

    public static @Nullable Long cpuLimit(Container container) {
        Quantity quantity = limits(container).get("cpu");
        return quantity == null ? null : milli(quantity);
    }

    /** Bytes. */
    public static @Nullable Long memoryRequest(Container container) {
        Quantity quantity = requests(container).get("memory");
        return quantity == null ? null : value(quantity);
    }

    public static @Nullable Long memoryLimit(Container container) {
        Quantity quantity = limits(container).get("memory");
        return quantity == null ? null : value(quantity);
    }

    public static Map<String, Quantity> requests(Container container) {
        ResourceRequirements resources = container.getResources();
        return resources == null || resources.getRequests() == null ? Map.of() : resources.getRequests();
    }

    public static Map<String, Quantity> limits(Container container) {
        ResourceRequirements resources = container.getResources();
        return resources == null || resources.getLimits() == null ? Map.of() : resources.getLimits();
    }
}
