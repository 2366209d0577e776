package io.kubespring.kinds.defaulting;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Dynamic resource allocation: how many devices a request asks for. */
final class DeviceDefaults {

    private DeviceDefaults() {}

    static void claim(ObjectNode claim) {
        claimSpec(Absent.existing(claim, "spec"));
        Absent.within(
                claim,
                devices -> Absent.each(devices, "results")
                        .forEach(result -> Absent.each(result, "tolerations")
                                .forEach(each -> Absent.text(each, "operator", "Equal"))),
                "status",
                "allocation",
                "devices");
    }

    static void claimTemplate(ObjectNode template) {
        claimSpec(Absent.existing(Absent.existing(template, "spec"), "spec"));
    }

    private static void claimSpec(@Nullable ObjectNode spec) {
        for (ObjectNode request : Absent.each(Absent.existing(spec, "devices"), "requests")) {
            Absent.within(request, DeviceDefaults::count, "exactly");
            Absent.each(request, "firstAvailable").forEach(DeviceDefaults::count);
        }
    }

    private static void count(ObjectNode request) {
        Absent.text(request, "allocationMode", "ExactCount");
        if (Absent.textOf(request, "allocationMode").equals("ExactCount")) {
            Absent.number(request, "count", 1);
        }
        Absent.each(request, "tolerations").forEach(each -> Absent.text(each, "operator", "Equal"));
    }
}
