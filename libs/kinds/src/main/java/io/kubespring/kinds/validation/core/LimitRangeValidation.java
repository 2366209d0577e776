package io.kubespring.kinds.validation.core;

import io.kubespring.api.names.Names;
import io.kubespring.api.quantity.Quantity;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.Quantities;
import io.kubespring.kinds.validation.meta.ResourceNames;
import java.math.MathContext;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** LimitRanges: minimum ≤ default request ≤ default ≤ maximum, and a ratio of limit to request that these allow. */
public final class LimitRangeValidation implements KindValidation {

    private static final List<String> TYPES = List.of("Container", "PersistentVolumeClaim", "Pod");
    private static final String RATIO = "maxLimitRequestRatio";

    @Override
    public void create(Field range, Errors errors) {
        Set<String> types = new HashSet<>();
        for (Field item : range.at("spec", "limits").items()) {
            type(item.at("type"), errors);
            if (!types.add(item.at("type").text())) {
                errors.duplicate(item.at("type"));
            }
            Set<String> resources = new TreeSet<>();
            names(item, "max", resources, errors);
            names(item, "min", resources, errors);
            boolean pod = item.at("type").isText("Pod");
            for (String each : List.of("default", "defaultRequest")) {
                if (!pod) {
                    names(item, each, resources, errors);
                } else if (!item.at(each).empty()) {
                    errors.forbidden(item.at(each), "may not be specified when `type` is 'Pod'");
                }
            }
            if (item.at("type").isText("PersistentVolumeClaim")
                    && item.at("min").key("storage").absent()
                    && item.at("max").key("storage").absent()) {
                errors.required(
                        item.at("limits"),
                        "either minimum or maximum storage value is required, but neither was provided");
            }
            names(item, RATIO, resources, errors);
            resources.forEach(each -> new Bounds(item, each, errors).check());
        }
    }

    private static void type(Field type, Errors errors) {
        List<String> messages = Names.qualifiedName(type.text());
        errors.invalid(type, messages);
        if (messages.isEmpty() && !type.text().contains("/") && !TYPES.contains(type.text())) {
            errors.invalid(type, "must be a standard limit type or fully qualified");
        }
    }

    private static void names(Field item, String bound, Set<String> resources, Errors errors) {
        boolean compute = item.at("type").isText("Pod") || item.at("type").isText("Container");
        for (Field amount : item.at(bound).entries()) {
            if (compute) {
                ResourceNames.container(amount, errors);
            } else {
                ResourceNames.check(amount, errors);
            }
            resources.add(amount.name());
        }
    }

    /** What one item says about one resource. */
    private static final class Bounds {

        private final Field item;
        private final String resource;
        private final Errors errors;

        Bounds(Field item, String resource, Errors errors) {
            this.item = item;
            this.resource = resource;
            this.errors = errors;
        }

        void check() {
            @Nullable Quantity min = amount("min");
            @Nullable Quantity max = amount("max");
            @Nullable Quantity byDefault = item.at("type").isText("Pod") ? null : amount("default");
            @Nullable Quantity request = item.at("type").isText("Pod") ? null : amount("defaultRequest");
            rising("min", min, min, "min", max, "max");
            rising("defaultRequest", request, min, "min", request, "default request");
            rising("defaultRequest", request, request, "default request", max, "max");
            rising("defaultRequest", request, request, "default request", byDefault, "default limit");
            rising("default", min, min, "min", byDefault, "default");
            rising("default", max, byDefault, "default", max, "max");
            ratio(amount(RATIO), min, max);
            if (byDefault != null
                    && request != null
                    && !ResourceNames.isShareable(resource)
                    && byDefault.compareTo(request) != 0) {
                errors.invalid(
                        at("defaultRequest"),
                        request.toString(),
                        "default value " + byDefault + " must equal to defaultRequest value " + request + " in "
                                + resource);
            }
        }

        private void rising(
                String where,
                @Nullable Quantity shown,
                @Nullable Quantity low,
                String lowName,
                @Nullable Quantity high,
                String highName) {
            if (low != null && high != null && low.compareTo(high) > 0) {
                errors.invalid(
                        at(where),
                        String.valueOf(shown),
                        lowName + " value " + low + " is greater than " + highName + " value " + high);
            }
        }

        private void ratio(@Nullable Quantity ratio, @Nullable Quantity min, @Nullable Quantity max) {
            if (ratio == null) {
                return;
            }
            if (ratio.compareTo(Quantity.of(1)) < 0) {
                errors.invalid(at(RATIO), ratio.toString(), "ratio " + ratio + " is less than 1");
            }
            if (min == null || max == null || min.isZero()) {
                return;
            }
            double most =
                    max.amount().divide(min.amount(), MathContext.DECIMAL64).doubleValue();
            if (ratio.amount().doubleValue() > most) {
                errors.invalid(
                        at(RATIO),
                        ratio.toString(),
                        "ratio " + ratio + " is greater than max/min = " + String.format(Locale.ROOT, "%f", most));
            }
        }

        private @Nullable Quantity amount(String bound) {
            return Quantities.read(at(bound));
        }

        private Field at(String bound) {
            return item.at(bound).key(resource);
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }
}
