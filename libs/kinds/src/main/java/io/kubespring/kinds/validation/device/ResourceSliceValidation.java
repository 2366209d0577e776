package io.kubespring.kinds.validation.device;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.NameChecks;
import io.kubespring.kinds.validation.meta.NodeSelectors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ResourceSlices (KEP-4381): devices of one driver, in one pool, for one, some or all nodes. */
public final class ResourceSliceValidation implements KindValidation {

    private static final int DEVICES_MAX = 128;
    private static final int ADVANCED_DEVICES_MAX = 64;
    private static final int COUNTER_SETS_MAX = 8;
    private static final int COUNTERS_MAX = 32;
    private static final String ONE =
            "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is" + " required";

    @Override
    public void create(Field slice, Errors errors) {
        check(slice.at("spec"), null, errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        check(next.at("spec"), current.at("spec"), errors);
    }

    private static void check(Field spec, @Nullable Field before, Errors errors) {
        NameChecks.csiDriver(spec.at("driver"), errors);
        pool(spec.at("pool"), errors);
        if (before != null) {
            errors.immutable(spec.at("pool", "name"), before.at("pool", "name"));
            errors.immutable(spec.at("driver"), before.at("driver"));
            Field node = spec.at("nodeName");
            if (!node.sameAs(before.at("nodeName"))) {
                errors.invalid(node, node.absent() ? null : node.text(), "field is immutable");
            }
        }
        nodes(spec, errors);
        Field counters = spec.at("sharedCounters");
        if (counters.present() && spec.at("devices").present()) {
            errors.invalid(spec, "", "only one of `sharedCounters` or `devices` is allowed");
        }
        boolean advanced = spec.at("devices").items().stream()
                .anyMatch(each -> !each.at("taints").empty()
                        || !each.at("consumesCounters").empty());
        Lists.set(
                spec.at("devices"),
                advanced ? ADVANCED_DEVICES_MAX : DEVICES_MAX,
                each -> SlicedDevice.check(
                        each, spec.at("perDeviceNodeSelection").flag(), errors),
                each -> each.at("name").text(),
                errors);
        Lists.set(
                counters,
                COUNTER_SETS_MAX,
                each -> counters(each, "name", errors),
                each -> each.at("name").text(),
                errors);
    }

    /** @param name the field that names the set */
    static void counters(Field set, String name, Errors errors) {
        if (set.at(name).empty()) {
            errors.required(set.at(name), "");
        } else {
            DeviceNames.label(set.at(name), errors);
        }
        Field counters = set.at("counters");
        if (counters.empty()) {
            errors.required(counters, "");
        } else if (counters.value().size() > COUNTERS_MAX) {
            errors.tooMany(counters, counters.value().size(), COUNTERS_MAX);
        } else {
            for (Field each : counters.entries()) {
                for (String message : Names.dnsLabel(each.name())) {
                    errors.invalid(counters, each.name(), message);
                }
            }
        }
    }

    private static void pool(Field pool, Errors errors) {
        DeviceNames.pool(pool.at("name"), errors);
        Field count = pool.at("resourceSliceCount");
        if (count.number() <= 0) {
            errors.invalid(count, count.number(), "must be greater than zero");
        }
        if (pool.at("generation").number() < 0) {
            errors.invalid(pool.at("generation"), "must be greater than or equal to zero");
        }
    }

    private static void nodes(Field spec, Errors errors) {
        List<String> set = new ArrayList<>();
        Field name = spec.at("nodeName");
        if (name.present()) {
            if (name.empty()) {
                errors.invalid(name, "must be either unset or set to a non-empty string");
            } else {
                set.add("`nodeName`");
                errors.invalid(name, Names.dnsSubdomain(name.text()));
            }
        }
        Field selector = spec.at("nodeSelector");
        if (selector.present()) {
            set.add("`nodeSelector`");
            NodeSelectors.selector(selector, errors);
            if (selector.at("nodeSelectorTerms").items().size() != 1) {
                errors.invalid(selector.at("nodeSelectorTerms"), "must have exactly one node selector term");
            }
        }
        for (String each : List.of("allNodes", "perDeviceNodeSelection")) {
            if (spec.at(each).flag()) {
                set.add("`" + each + "`");
            } else if (spec.at(each).present()) {
                errors.invalid(spec.at(each), "must be either unset or set to true");
            }
        }
        if (set.isEmpty()) {
            errors.required(spec, ONE);
        } else if (set.size() > 1) {
            errors.invalid(spec, "{" + String.join(", ", set) + "}", ONE + ", but multiple fields are set");
        }
    }
}
