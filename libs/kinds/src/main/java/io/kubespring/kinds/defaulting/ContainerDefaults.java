package io.kubespring.kinds.defaulting;

import tools.jackson.databind.node.ObjectNode;

/** Every field of a container that has a default, wherever the container stands (template, init, ephemeral). */
final class ContainerDefaults {

    private ContainerDefaults() {}

    static void apply(ObjectNode container) {
        Absent.text(container, "imagePullPolicy", ImageNames.pullPolicy(Absent.textOf(container, "image")));
        Absent.text(container, "terminationMessagePath", "/dev/termination-log");
        Absent.text(container, "terminationMessagePolicy", "File");
        // Upstream always writes this struct, empty or not.
        Absent.object(container, "resources");
        for (ObjectNode port : Absent.each(container, "ports")) {
            Absent.text(port, "protocol", "TCP");
        }
        for (ObjectNode env : Absent.each(container, "env")) {
            Absent.within(env, ContainerDefaults::fieldRef, "valueFrom", "fieldRef");
            Absent.within(env, file -> Absent.pointer(file, "optional", false), "valueFrom", "fileKeyRef");
        }
        ProbeDefaults.apply(container);
    }

    static void fieldRef(ObjectNode selector) {
        Absent.text(selector, "apiVersion", "v1");
    }
}
