package io.kubespring.kubelet.status;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import io.kubespring.client.DeleteOptions;
import io.kubespring.client.KubeClient;
import io.kubespring.client.PatchType;
import io.kubespring.client.Resources;
import io.kubespring.kubelet.pod.MirrorPods;
import io.kubespring.kubelet.pod.Pods;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Patches the status of Pod objects; the status of a static Pod goes to its mirror. */
public final class ApiStatusWriter implements StatusWriter {

    /** Fields that a later status may no longer have: a patch must say so. */
    private static final List<String> MAY_VANISH = List.of("reason", "message", "podIP", "podIPs");

    private static final List<String> MERGED_LISTS = List.of("podIPs", "hostIPs");

    private final Resources<Pod> api;
    private final MirrorPods mirrors;

    public ApiStatusWriter(KubeClient client, MirrorPods mirrors) {
        this.api = client.resources(Pod.class);
        this.mirrors = mirrors;
    }

    @Override
    public void write(Pod pod, PodStatus status) {
        Pod target = Pods.isStatic(pod) ? mirrors.of(pod) : pod;
        if (target == null) {
            return;
        }
        try {
            api.inNamespace(target.getMetadata().getNamespace())
                    .patchStatus(target.getMetadata().getName(), PatchType.STRATEGIC, patch(target, status))
                    .block();
        } catch (StatusException refused) {
            ignoreIfGone(refused);
        }
    }

    private static ObjectNode patch(Pod target, PodStatus status) {
        ObjectNode patch = Json.object();
        patch.putObject("metadata").put("uid", Pods.uid(target));
        ObjectNode next = (ObjectNode) Json.mapper().valueToTree(status);
        ObjectNode before = tree(target.getStatus());
        for (String field : MAY_VANISH) {
            if (before.has(field) && !next.has(field)) {
                next.putNull(field);
            }
        }
        for (String field : MERGED_LISTS) {
            if (before.has(field)
                    && next.get(field) instanceof ArrayNode list
                    && !before.get(field).equals(list)) {
                list.insertObject(0).put("$patch", "replace");
            }
        }
        patch.set("status", next);
        return patch;
    }

    private static ObjectNode tree(@Nullable PodStatus status) {
        return status == null ? Json.object() : (ObjectNode) Json.mapper().valueToTree(status);
    }

    @Override
    public void delete(Pod pod) {
        if (Pods.isStatic(pod)) {
            return;
        }
        try {
            api.inNamespace(pod.getMetadata().getNamespace())
                    .delete(
                            pod.getMetadata().getName(),
                            DeleteOptions.ofUid(Pods.uid(pod)).grace(0))
                    .block();
        } catch (StatusException refused) {
            ignoreIfGone(refused);
        }
    }

    /** Gone, or replaced by another Pod of the same name. */
    private static void ignoreIfGone(StatusException refused) {
        if (refused.reason() != StatusReason.NOT_FOUND && refused.reason() != StatusReason.CONFLICT) {
            throw refused;
        }
    }
}
