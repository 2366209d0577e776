package io.kubespring.kinds.resources;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Amounts of resources as whole numbers that are cheap to add and compare: {@code cpu} in thousandths of a core, every
 * other resource in its base unit (bytes, pieces), rounded up. Immutable.
 */
public final class ResourceAmounts {

    public static final ResourceAmounts NONE = new ResourceAmounts(Map.of());

    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final Map<String, Long> amounts;

    private ResourceAmounts(Map<String, Long> amounts) {
        this.amounts = amounts;
    }

    public static ResourceAmounts of(@Nullable Map<String, Quantity> quantities) {
        if (quantities == null || quantities.isEmpty()) {
            return NONE;
        }
        var amounts = new TreeMap<String, Long>();
        quantities.forEach((resource, quantity) -> amounts.put(resource, amount(resource, quantity)));
        return new ResourceAmounts(amounts);
    }

    /** One quantity in the unit of its resource; saturates at {@link Long#MAX_VALUE}. */
    public static long amount(String resource, Quantity quantity) {
        BigDecimal exact = quantity.getNumericalAmount();
        BigDecimal scaled =
                (resource.equals("cpu") ? exact.multiply(THOUSAND) : exact).setScale(0, RoundingMode.CEILING);
        return scaled.compareTo(LARGEST) > 0 ? Long.MAX_VALUE : scaled.longValue();
    }

    /** Zero for a resource that is not named. */
    public long get(String resource) {
        return amounts.getOrDefault(resource, 0L);
    }

    public boolean has(String resource) {
        return amounts.containsKey(resource);
    }

    public ResourceAmounts plus(ResourceAmounts other) {
        return combine(other, ResourceAmounts::saturatedSum);
    }

    /** The larger of both, resource by resource. */
    public ResourceAmounts max(ResourceAmounts other) {
        return combine(other, Math::max);
    }

    /** These amounts, with those of {@code other} instead where it names the resource. */
    public ResourceAmounts overriddenBy(ResourceAmounts other) {
        return combine(other, (mine, theirs) -> theirs);
    }

    /** In the order of the resources' names. */
    public Map<String, Long> asMap() {
        return Collections.unmodifiableMap(amounts);
    }

    private ResourceAmounts combine(ResourceAmounts other, LongBinaryOperator operator) {
        if (other.amounts.isEmpty()) {
            return this;
        }
        if (amounts.isEmpty()) {
            return other;
        }
        var combined = new TreeMap<>(amounts);
        other.amounts.forEach((resource, amount) -> combined.merge(resource, amount, operator::applyAsLong));
        return new ResourceAmounts(combined);
    }

    private static long saturatedSum(long left, long right) {
        long sum = left + right;
        return sum < 0 && left > 0 && right > 0 ? Long.MAX_VALUE : sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResourceAmounts that && amounts.equals(that.amounts);
    }

    @Override
    public int hashCode() {
        return amounts.hashCode();
    }

    @Override
    public String toString() {
        return amounts.toString();
    }
}
