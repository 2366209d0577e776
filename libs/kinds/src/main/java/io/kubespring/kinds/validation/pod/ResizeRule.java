package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.pod.PodContainers;
import io.kubespring.kinds.pod.QosClass;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.tree.Semantics;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the resize endpoint lets change (KEP-1287): cpu and memory of containers and sidecars, and of the Pod as a whole,
 * as long as none is taken back and the quality of service stays what it is.
 */
final class ResizeRule {

    private static final List<String> RESIZABLE = List.of("cpu", "memory");

    private final Field pod;
    private final Field next;
    private final Field current;
    private final Field status;
    private final Errors errors;

    ResizeRule(Field next, Field current, Errors errors) {
        this.pod = current;
        this.next = next.at("spec");
        this.current = current.at("spec");
        this.status = current.at("status");
        this.errors = errors;
    }

    void check() {
        for (String list : List.of("containers", "initContainers")) {
            if (!sameContainers(list)) {
                return;
            }
        }
        int before = errors.list().size();
        if (QosClass.of(next) != QosClass.of(current)) {
            errors.invalid(
                    next, pod.at("status", "qosClass").text(), "Pod QOS Class may not change as a result of resizing");
        }
        if (!isSupported()) {
            errors.forbidden(next, "Pod running on node without support for resize");
        }
        notRemoved(next.at("resources"), current.at("resources"));
        sidecars();
        List<Field> containers = next.at("containers").items();
        for (int i = 0; i < containers.size(); i++) {
            notRemoved(
                    containers.get(i).at("resources"),
                    current.at("containers").item(i).at("resources"));
        }
        containers();
        if (errors.list().size() == before) {
            nothingElse();
        }
    }

    private boolean sameContainers(String list) {
        List<Field> wanted = next.at(list).items();
        List<Field> existing = current.at(list).items();
        if (wanted.size() != existing.size()) {
            errors.forbidden(next.at(list), list + " may not be added or removed on resize");
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).at("name").sameAs(existing.get(i).at("name"))) {
                errors.forbidden(next.at(list), list + " may not be renamed or reordered on resize");
                return false;
            }
        }
        return true;
    }

    /** A node that can resize reports what a running container has. */
    private boolean isSupported() {
        for (Field container : status.at("containerStatuses").items()) {
            if (container.at("state", "running").present()) {
                return container.at("resources").present();
            }
        }
        return true;
    }

    private void sidecars() {
        List<Field> all = next.at("initContainers").items();
        for (int i = 0; i < all.size(); i++) {
            Field old = current.at("initContainers").item(i);
            if (PodContainers.restarts(old)) {
                notRemoved(all.get(i).at("resources"), old.at("resources"));
            }
        }
    }

    private void notRemoved(Field resources, Field before) {
        for (String each : List.of("requests", "limits")) {
            boolean removed = before.at(each).entries().stream()
                    .anyMatch(old -> resources.at(each).key(old.name()).absent());
            if (removed) {
                errors.forbidden(resources.at(each), "resource " + each + " cannot be removed");
            }
        }
    }

    private void containers() {
        List<Field> containers = next.at("containers").items();
        for (int i = 0; i < containers.size(); i++) {
            if (!sameButComputing(containers.get(i), current.at("containers").item(i))) {
                errors.forbidden(next, "only cpu and memory resources are mutable");
            }
        }
        List<Field> initial = next.at("initContainers").items();
        for (int i = 0; i < initial.size(); i++) {
            Field old = current.at("initContainers").item(i);
            if (PodContainers.restarts(old)) {
                if (!sameButComputing(initial.get(i), old)) {
                    errors.forbidden(next, "only cpu and memory resources for sidecar containers are mutable");
                }
            } else if (!initial.get(i).sameAs(old)) {
                errors.forbidden(next, "resources for non-sidecar init containers are immutable");
            }
        }
    }

    private void nothingElse() {
        JsonNode wanted = next.value().deepCopy();
        JsonNode before = current.value();
        if (wanted instanceof ObjectNode spec && before instanceof ObjectNode old) {
            for (String list : List.of("containers", "initContainers")) {
                if (old.has(list)) {
                    spec.set(list, old.get(list));
                }
            }
            withoutComputing(spec);
            JsonNode rest = old.deepCopy();
            withoutComputing(rest);
            if (!Semantics.equal(spec, rest)) {
                errors.forbidden(next, "only cpu and memory resources are mutable");
            }
        }
    }

    private static boolean sameButComputing(Field container, Field old) {
        JsonNode left = container.value().deepCopy();
        JsonNode right = old.value().deepCopy();
        for (JsonNode each : List.of(left, right)) {
            withoutComputing(each);
            if (each instanceof ObjectNode object) {
                object.remove("resizePolicy");
            }
        }
        return Semantics.equal(left, right);
    }

    /** Takes cpu and memory out of {@code resources}, and what is empty without them. */
    private static void withoutComputing(JsonNode holder) {
        if (holder.get("resources") instanceof ObjectNode resources) {
            for (String each : List.of("requests", "limits")) {
                if (resources.get(each) instanceof ObjectNode amounts) {
                    amounts.remove(RESIZABLE);
                    if (amounts.isEmpty()) {
                        resources.remove(each);
                    }
                }
            }
            if (resources.isEmpty() && holder instanceof ObjectNode object) {
                object.remove("resources");
            }
        }
    }
}
