package io.kubespring.kinds.validation.meta;

import io.kubespring.api.quantity.Quantity;
import io.kubespring.kinds.tree.Field;
import org.jspecify.annotations.Nullable;

/** Amounts of resources. */
public final class Quantities {

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
        if (parsed != null && ResourceNames.isCounted(quantity.name()) && !isWhole(parsed)) {
            errors.invalid(quantity, quantity.value().asString(), "must be an integer");
        }
        return parsed;
    }

    public static boolean isWhole(Quantity quantity) {
        return quantity.amount().stripTrailingZeros().scale() <= 0;
    }
}
