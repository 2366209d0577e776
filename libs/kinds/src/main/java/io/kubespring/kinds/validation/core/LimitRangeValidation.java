package io.kubespring.kinds.validation.core;

import io.kubespring.api.names.Names;
import io.kubespring.api.quantity.Quantity;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.Quantities;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** LimitRanges: minimum ≤ default request ≤ default ≤ maximum. */
public final class LimitRangeValidation implements KindValidation {

    private static final List<String> RISING = List.of("min", "defaultRequest", "default", "max");

    @Override
    public void create(Field range, Errors errors) {
        Set<String> types = new HashSet<>();
        for (Field item : range.at("spec", "limits").items()) {
            Field type = item.at("type");
            if (!List.of("Container", "Pod", "PersistentVolumeClaim").contains(type.text())) {
                errors.invalid(type, Names.qualifiedName(type.text()));
            }
            if (!types.add(type.text())) {
                errors.duplicate(type);
            }
            if (type.isText("Pod")) {
                for (String each : List.of("default", "defaultRequest")) {
                    if (!item.at(each).empty()) {
                        errors.forbidden(item.at(each), "may not be specified when `type` is 'Pod'");
                    }
                }
            }
            order(item, errors);
        }
    }

    private static void order(Field item, Errors errors) {
        Set<String> resources = new HashSet<>();
        for (String bound : RISING) {
            for (Field amount : item.at(bound).entries()) {
                Quantities.ofResource(amount, errors);
                resources.add(amount.name());
            }
        }
        for (String resource : resources) {
            for (int low = 0; low < RISING.size(); low++) {
                for (int high = low + 1; high < RISING.size(); high++) {
                    compare(item, resource, RISING.get(low), RISING.get(high), errors);
                }
            }
        }
    }

    private static void compare(Field item, String resource, String low, String high, Errors errors) {
        Field lower = item.at(low).key(resource);
        Quantity least = Quantities.read(lower);
        Quantity most = Quantities.read(item.at(high).key(resource));
        if (least != null && most != null && least.compareTo(most) > 0) {
            errors.invalid(
                    lower, least.toString(), low + " value " + least + " is greater than " + high + " value " + most);
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }
}
