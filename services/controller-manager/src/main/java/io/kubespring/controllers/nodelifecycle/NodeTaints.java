package io.kubespring.controllers.nodelifecycle;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import io.kubespring.client.PatchType;
import io.kubespring.client.Resources;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a node's taints; a patch that names the resourceVersion, so that nobody's change is lost. */
final class NodeTaints {

    private final Resources<Node> nodes;
    private final TimeSource time;

    NodeTaints(KubeClient client) {
        this.nodes = client.resources(Node.class);
        this.time = client.time();
    }

    /** Makes the NoSchedule taints that we manage those that {@code keys} name. */
    void setNoSchedule(Node node, List<String> keys) {
        var taints = new ArrayList<Taint>();
        for (Taint taint : Nodes.taints(node)) {
            boolean ours = Nodes.NO_SCHEDULE.equals(taint.getEffect()) && Nodes.managesNoSchedule(taint.getKey());
            if (!ours || keys.contains(taint.getKey())) {
                taints.add(taint);
            }
        }
        for (String key : keys) {
            if (!Nodes.has(taints, key, Nodes.NO_SCHEDULE)) {
                taints.add(taint(key, Nodes.NO_SCHEDULE));
            }
        }
        write(node, taints);
    }

    /** @param key the one NoExecute taint of ours that the node shall have; null for none */
    void setNoExecute(Node node, @Nullable String key) {
        var taints = new ArrayList<Taint>();
        for (Taint taint : Nodes.taints(node)) {
            if (!Nodes.managesNoExecute(taint) || taint.getKey().equals(key)) {
                taints.add(taint);
            }
        }
        if (key != null && !Nodes.has(taints, key, Nodes.NO_EXECUTE)) {
            taints.add(taint(key, Nodes.NO_EXECUTE));
        }
        write(node, taints);
    }

    private Taint taint(String key, String effect) {
        var taint = new Taint();
        taint.setKey(key);
        taint.setEffect(effect);
        taint.setTimeAdded(time.now().truncatedTo(ChronoUnit.SECONDS).toString());
        return taint;
    }

    private void write(Node node, List<Taint> taints) {
        if (taints.equals(Nodes.taints(node))) {
            return;
        }
        Await.done(nodes.patch(
                node.getMetadata().getName(),
                PatchType.MERGE,
                Map.of(
                        "metadata",
                        Map.of("resourceVersion", node.getMetadata().getResourceVersion()),
                        "spec",
                        Map.of("taints", taints))));
    }
}
