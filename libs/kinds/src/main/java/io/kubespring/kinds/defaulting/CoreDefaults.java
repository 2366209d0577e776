package io.kubespring.kinds.defaulting;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The small kinds of the core group. */
final class CoreDefaults {

    private CoreDefaults() {}

    /** Plain text that a client sends is only another way of writing {@code data}; it is never stored. */
    static void secret(ObjectNode secret) {
        ObjectNode plain = Absent.existing(secret, "stringData");
        if (plain != null) {
            ObjectNode data = Absent.object(secret, "data");
            plain.properties()
                    .forEach(each -> data.put(
                            each.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(each.getValue().asString("").getBytes(StandardCharsets.UTF_8))));
        }
        secret.remove("stringData");
        Absent.text(secret, "type", "Opaque");
    }

    /** What Go writes even if it is empty; the other texts and structs of an Event are left out then. */
    static void event(ObjectNode event) {
        Absent.object(event, "source");
        Absent.pointer(event, "reportingComponent", "");
        Absent.pointer(event, "reportingInstance", "");
    }

    static void namespace(ObjectNode namespace) {
        Absent.text(Absent.object(namespace, "status"), "phase", "Active");
        ObjectNode metadata = Absent.existing(namespace, "metadata");
        if (metadata != null && !Absent.isEmptyText(metadata, "name")) {
            Absent.object(metadata, "labels").put("kubernetes.io/metadata.name", Absent.textOf(metadata, "name"));
        }
    }

    static void node(ObjectNode node) {
        Absent.within(node, CoreDefaults::nodeStatus, "status");
        Absent.within(node, CoreDefaults::podCidrs, "spec");
    }

    private static void podCidrs(ObjectNode spec) {
        if (!Absent.isEmptyText(spec, "podCIDR") && Absent.isEmpty(spec, "podCIDRs")) {
            spec.putArray("podCIDRs").add(Absent.textOf(spec, "podCIDR"));
        } else if (Absent.isEmptyText(spec, "podCIDR") && !Absent.isEmpty(spec, "podCIDRs")) {
            spec.put("podCIDR", spec.path("podCIDRs").path(0).asString(""));
        }
    }

    private static void nodeStatus(ObjectNode status) {
        ObjectNode capacity = Absent.existing(status, "capacity");
        if (capacity != null && Absent.isEmpty(status, "allocatable")) {
            status.set("allocatable", capacity.deepCopy());
        }
    }

    static void replicationController(ObjectNode controller) {
        ObjectNode spec = Absent.object(controller, "spec");
        Absent.pointer(spec, "replicas", 1);
        if (Absent.existing(spec, "template") != null) {
            PodDefaults.template(spec);
        }
        ObjectNode labels = templateLabels(spec);
        if (labels == null) {
            return;
        }
        if (Absent.isEmpty(spec, "selector")) {
            spec.set("selector", labels.deepCopy());
        }
        labelsFromTemplate(controller, labels);
    }

    static @Nullable ObjectNode templateLabels(ObjectNode spec) {
        return Absent.existing(Absent.existing(Absent.existing(spec, "template"), "metadata"), "labels");
    }

    static void labelsFromTemplate(ObjectNode object, ObjectNode labels) {
        ObjectNode metadata = Absent.object(object, "metadata");
        if (Absent.isEmpty(metadata, "labels") && !labels.isEmpty()) {
            metadata.set("labels", labels.deepCopy());
        }
    }

    /** A container's limit defaults to the maximum, its request to the limit, else to the minimum. */
    static void limitRange(ObjectNode range) {
        for (ObjectNode item : Absent.each(Absent.existing(range, "spec"), "limits")) {
            if (Absent.textOf(item, "type").equals("Container")) {
                fill(item, "default", List.of("max"));
                fill(item, "defaultRequest", List.of("default", "min"));
            }
        }
    }

    private static void fill(ObjectNode item, String target, List<String> sources) {
        for (String source : sources) {
            ObjectNode from = Absent.existing(item, source);
            if (from != null && !from.isEmpty()) {
                ObjectNode to = Absent.object(item, target);
                from.properties().forEach(each -> {
                    if (!to.hasNonNull(each.getKey())) {
                        to.set(each.getKey(), each.getValue());
                    }
                });
            }
        }
    }
}
