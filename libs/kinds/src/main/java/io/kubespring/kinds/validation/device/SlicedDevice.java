package io.kubespring.kinds.validation.device;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.NodeSelectors;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** One device of a ResourceSlice: its attributes, capacities, taints, counters, and the nodes it is for. */
final class SlicedDevice {

    private static final int DESCRIPTIONS_MAX = 32;
    private static final int VALUE_MAX = 64;
    private static final int TAINTS_MAX = 16;
    private static final int CONSUMPTIONS_MAX = 2;
    private static final List<String> VALUES = List.of("bool", "int", "string", "version");
    private static final String NUMBER = "(0|[1-9]\\d*)";
    private static final String PRE_RELEASE = "(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)";
    private static final String BUILD = "[0-9a-zA-Z-]+";
    private static final Pattern VERSION = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(-" + PRE_RELEASE
            + "(\\." + PRE_RELEASE + ")*)?(\\+" + BUILD + "(\\." + BUILD + ")*)?");
    private static final String ONE = "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when"
            + " `perDeviceNodeSelection` is set to true in the ResourceSlice spec";

    private SlicedDevice() {}

    /** @param ownNodes whether each device of the slice says which nodes it is for */
    static void check(Field device, boolean ownNodes, Errors errors) {
        DeviceNames.label(device.at("name"), errors);
        Field attributes = device.at("attributes");
        Field capacities = device.at("capacity");
        int descriptions = attributes.entries().size() + capacities.entries().size();
        if (descriptions > DESCRIPTIONS_MAX) {
            errors.invalid(
                    device,
                    descriptions,
                    "the total number of attributes and capacities must not exceed " + DESCRIPTIONS_MAX);
        }
        for (Field each : attributes.entries()) {
            DeviceNames.qualified(each.name(), attributes, errors);
            attribute(each, errors);
        }
        for (Field each : capacities.entries()) {
            DeviceNames.qualified(each.name(), capacities, errors);
            CapacityPolicy.check(each, device.at("allowMultipleAllocations").flag(), errors);
        }
        Lists.bounded(device.at("taints"), TAINTS_MAX, each -> Taints.taint(each, errors), errors);
        Lists.set(
                device.at("consumesCounters"),
                CONSUMPTIONS_MAX,
                each -> ResourceSliceValidation.counters(each, "counterSet", errors),
                each -> each.at("counterSet").text(),
                errors);
        nodes(device, ownNodes, errors);
        DeviceRules.binding(device, errors);
    }

    private static void attribute(Field attribute, Errors errors) {
        Field text = attribute.at("string");
        if (text.text().length() > VALUE_MAX) {
            errors.tooLong(text, VALUE_MAX);
        }
        Field version = attribute.at("version");
        if (version.present()) {
            if (!VERSION.matcher(version.text()).matches()) {
                errors.invalid(version, "must be a string compatible with semver.org spec 2.0.0");
            }
            if (version.text().length() > VALUE_MAX) {
                errors.tooLong(version, VALUE_MAX);
            }
        }
        long values =
                VALUES.stream().filter(each -> attribute.at(each).present()).count();
        if (values == 0) {
            errors.invalid(attribute, "", "exactly one value must be specified");
        } else if (values > 1) {
            errors.invalid(attribute, "exactly one value must be specified");
        }
    }

    private static void nodes(Field device, boolean own, Errors errors) {
        Field name = device.at("nodeName");
        Field selector = device.at("nodeSelector");
        Field all = device.at("allNodes");
        if (!own) {
            if (name.present() || selector.present() || all.present()) {
                errors.invalid(
                        device,
                        null,
                        "`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set"
                                + " to true in the ResourceSlice spec");
            }
            return;
        }
        List<String> set = new ArrayList<>();
        if (name.present()) {
            if (name.empty()) {
                errors.invalid(name, "must not be empty");
            } else {
                set.add("`nodeName`");
                errors.invalid(name, Names.dnsSubdomain(name.text()));
            }
        }
        if (selector.present()) {
            set.add("`nodeSelector`");
            NodeSelectors.selector(selector, errors);
        }
        if (all.flag()) {
            set.add("`allNodes`");
        } else if (all.present()) {
            errors.invalid(all, "must be either unset or set to true");
        }
        if (set.isEmpty()) {
            errors.required(device, ONE);
        } else if (set.size() > 1) {
            errors.invalid(device, "{" + String.join(", ", set) + "}", ONE);
        }
    }
}
