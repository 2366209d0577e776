package io.kubespring.kinds.validation.device;

import io.kubespring.api.quantity.Quantity;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.Quantities;
import java.util.List;

/** How a device's capacity may be shared out (KEP-5075): in steps of a range, or in some sizes, one of them the default. */
final class CapacityPolicy {

    private static final int VALUES_MAX = 10;

    private CapacityPolicy() {}

    static void check(Field capacity, boolean shared, Errors errors) {
        Field policy = capacity.at("requestPolicy");
        if (policy.absent()) {
            return;
        }
        if (!shared) {
            errors.forbidden(policy, "allowMultipleAllocations must be true");
            return;
        }
        Field values = policy.at("validValues");
        Field range = policy.at("validRange");
        Quantity all = Quantities.read(capacity.at("value"));
        Quantity standard = Quantities.read(policy.at("default"));
        if (!values.empty() && range.present()) {
            errors.forbidden(
                    policy,
                    "exactly one policy can be specified, cannot specify \"validValues\" and \"validRange\" at the same"
                            + " time");
        } else if (!values.empty()) {
            if (standard == null) {
                errors.required(policy.at("default"), "required when validValues is defined");
            } else if (all != null) {
                values(values, standard, all, errors);
            }
        } else if (range.present()) {
            if (standard == null) {
                errors.required(policy.at("default"), "required when validRange is defined");
            } else if (all != null) {
                range(range, standard, all, errors);
            }
        }
    }

    private static void values(Field values, Quantity standard, Quantity all, Errors errors) {
        List<Field> options = values.items();
        if (options.size() > VALUES_MAX) {
            errors.tooMany(values, options.size(), VALUES_MAX);
            return;
        }
        Quantity last = null;
        boolean found = false;
        for (Field each : options) {
            Quantity option = Quantities.read(each);
            if (option == null) {
                continue;
            }
            if (last != null && last.compareTo(option) > 0) {
                errors.invalid(each, "values must be sorted in ascending order");
            }
            if (option.compareTo(all) > 0) {
                errors.invalid(each, "option is larger than capacity value: " + all);
            }
            found |= option.compareTo(standard) == 0;
            last = option;
        }
        if (!found) {
            errors.invalid(values, standard.toString(), "default value is not valid according to the requestPolicy");
        }
    }

    private static void range(Field range, Quantity standard, Quantity all, Errors errors) {
        Quantity least = Quantities.read(range.at("min"));
        Quantity most = Quantities.read(range.at("max"));
        if (least == null) {
            errors.required(range.at("min"), "required when validRange is defined");
            return;
        }
        if (least.compareTo(all) > 0) {
            errors.invalid(range.at("min"), "min is larger than capacity value: " + all);
        }
        if (standard.compareTo(least) < 0) {
            errors.invalid(range.at("default"), standard.toString(), "default is less than min: " + least);
        }
        if (most != null) {
            if (least.compareTo(most) > 0) {
                errors.invalid(range.at("max"), least.toString(), "min is larger than max: " + most);
            }
            if (most.compareTo(all) > 0) {
                errors.invalid(range.at("max"), "max is larger than capacity value: " + all);
            }
            if (standard.compareTo(most) > 0) {
                errors.invalid(range.at("default"), standard.toString(), "default is more than max: " + most);
            }
        }
        Quantity step = Quantities.read(range.at("step"));
        if (step != null) {
            step(range.at("step"), step, least, standard, errors);
            if (most != null && step.signum() > 0) {
                step(range.at("step"), step, least, most, errors);
            }
        }
    }

    private static void step(Field field, Quantity step, Quantity least, Quantity value, Errors errors) {
        if (step.signum() <= 0) {
            errors.invalid(field, "must be greater than zero");
        } else if (value.amount()
                        .subtract(least.amount())
                        .remainder(step.amount())
                        .signum()
                != 0) {
            errors.invalid(
                    field,
                    value.toString(),
                    "value is not a multiple of a given step (" + step + ") from (" + least + ")");
        }
    }
}
