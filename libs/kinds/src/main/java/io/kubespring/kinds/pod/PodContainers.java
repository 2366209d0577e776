package io.kubespring.kinds.pod;

import io.kubespring.kinds.tree.Field;
import java.util.ArrayList;
import java.util.List;

/** Walking the containers of a Pod's spec. */
public final class PodContainers {

    private static final List<String> LISTS = List.of("initContainers", "containers", "ephemeralContainers");

    private PodContainers() {}

    /** Every container, in the order in which upstream visits them: init, ordinary, ephemeral. */
    public static List<Field> all(Field spec) {
        List<Field> all = new ArrayList<>();
        LISTS.forEach(each -> all.addAll(spec.at(each).items()));
        return all;
    }

    /** A sidecar: an init container that goes on running. */
    public static boolean restarts(Field initContainer) {
        return initContainer.at("restartPolicy").isText("Always");
    }
}
