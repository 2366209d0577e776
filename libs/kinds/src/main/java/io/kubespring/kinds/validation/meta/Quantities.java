package io.kubespring.kinds.validation.meta;

import io.kubespring.api.quantity.Quantity;
import io.kubespring.kinds.tree.Field;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Amounts of resources and the names of resources. */
public final class Quantities {

    private static final Set<String> STANDARD_CONTAINER = Set.of("cpu", "memory", "ephemeral-storage");
    private static final Set<String> INTEGER_RESOURCES = Set.of(
            "pods",
            "services",
            "replicationcontrollers",
            "resourcequotas",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "services.nodeports",
            "services.loadbalancers");

    private Quantities() {}

    /** The amount here, or null where there is none or it is none. */
    public static @Nullable Quantity read(Field quantity) {
        if (quantity.absent()) {
            return null;
        }
        try {
            return Quantity.parse(quantity.value().asString());
        } catch (IllegalArgumentException notAQuantity) {
            return null;
        }
    }

    /** An amount that is readable and not negative. */
    public static @Nullable Quantity nonNegative(Field quantity, Errors errors) {
        try {
            Quantity parsed = Quantity.parse(quantity.value().asString());
            if (parsed.signum() < 0) {
                errors.invalid(quantity, quantity.value().asString(), "must be greater than or equal to 0");
            }
            return parsed;
        } catch (IllegalArgumentException notAQuantity) {
            errors.invalid(quantity, String.valueOf(notAQuantity.getMessage()));
            return null;
        }
    }

    /** An amount that is readable and more than nothing. */
    public static void positive(Field quantity, Errors errors) {
        try {
            if (Quantity.parse(quantity.value().asString()).signum() <= 0) {
                errors.invalid(quantity, quantity.value().asString(), "must be greater than zero");
            }
        } catch (IllegalArgumentException notAQuantity) {
            errors.invalid(quantity, String.valueOf(notAQuantity.getMessage()));
        }
    }

    /** An amount of the resource that names its field. */
    public static @Nullable Quantity ofResource(Field quantity, Errors errors) {
        Quantity parsed = nonNegative(quantity, errors);
        String resource = quantity.name();
        boolean whole = INTEGER_RESOURCES.contains(resource) || isExtended(resource);
        if (parsed != null && whole && parsed.amount().stripTrailingZeros().scale() > 0) {
            errors.invalid(quantity, quantity.value().asString(), "must be an integer");
        }
        return parsed;
    }

    /** Shows the resource's name, as upstream, where it is wrong. */
    public static void containerResourceName(Field quantity, Errors errors) {
        String resource = quantity.name();
        for (String message : io.kubespring.api.names.Names.qualifiedName(resource)) {
            errors.invalid(quantity, resource, message);
        }
        if (!resource.contains("/")) {
            if (!STANDARD_CONTAINER.contains(resource) && !isHugePages(resource)) {
                errors.invalid(quantity, resource, "must be a standard resource for containers");
            }
        } else if (!resource.contains("kubernetes.io/") && !isExtended(resource)) {
            errors.invalid(quantity, resource, "doesn't follow extended resource name standard");
        }
    }

    public static boolean isHugePages(String resource) {
        return resource.startsWith("hugepages-");
    }

    /** Of someone else's domain: counted in whole pieces, never shared. */
    public static boolean isExtended(String resource) {
        return resource.contains("/") && !resource.contains("kubernetes.io/") && !resource.startsWith("requests.");
    }
}
