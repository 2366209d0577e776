package io.kubespring.apimachinery.print;

import static io.kubespring.apimachinery.print.Fields.at;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** resource.k8s.io. */
final class DeviceColumns {

    private static final String GROUP = "resource.k8s.io";

    private DeviceColumns() {}

    static void register(KindColumns.Registry registry) {
        registry.put(GROUP, "DeviceClass", Column.objectName(), Column.age());
        registry.put(GROUP, "ResourceClaimTemplate", Column.objectName(), Column.age());
        registry.put(
                GROUP,
                "ResourceClaim",
                Column.objectName(),
                Column.text("State", "Whether devices are found and held", DeviceColumns::state),
                Column.age());
        registry.put(
                GROUP,
                "ResourceSlice",
                Column.objectName(),
                Column.field("Node", "The node the devices are on", "spec", "nodeName"),
                Column.field("Driver", "The driver that publishes them", "spec", "driver"),
                Column.field("Pool", "The pool they belong to", "spec", "pool", "name"),
                Column.age());
    }

    private static String state(ObjectNode claim) {
        List<String> states = new ArrayList<>();
        if (Fields.deleted(claim)) {
            states.add("deleted");
        }
        boolean allocated = at(claim, "status", "allocation").isObject();
        if (!allocated) {
            states.add("pending");
        } else {
            states.add("allocated");
            if (!at(claim, "status", "reservedFor").isEmpty()) {
                states.add("reserved");
            }
        }
        return String.join(",", states);
    }
}
