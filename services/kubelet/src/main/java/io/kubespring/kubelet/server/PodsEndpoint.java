package io.kubespring.kubelet.server;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.json.Json;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.server.request.Endpoint;
import io.kubespring.kubelet.server.request.Exchange;
import io.kubespring.kubelet.status.StatusManager;
import io.kubespring.kubelet.worker.PodWorkers;
import io.kubespring.kubelet.worker.RuntimeWatcher;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /pods}: what should run here; {@code /runningpods/}: of which of that the runtime has something. */
public final class PodsEndpoint implements Endpoint {

    private final PodWorkers workers;
    private final StatusManager statuses;
    private final RuntimeWatcher watcher;

    public PodsEndpoint(PodWorkers workers, StatusManager statuses, RuntimeWatcher watcher) {
        this.workers = workers;
        this.statuses = statuses;
        this.watcher = watcher;
    }

    @Override
    public boolean handles(String first) {
        return first.equals("pods") || first.equals("runningpods");
    }

    @Override
    public void serve(Exchange exchange) {
        boolean running = exchange.segments().getFirst().equals("runningpods");
        List<Pod> pods = workers.pods().stream()
                .filter(pod -> !running || watcher.podUids().contains(Pods.uid(pod)))
                .toList();
        ObjectNode list = Json.object().put("kind", "PodList").put("apiVersion", "v1");
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        for (Pod pod : pods) {
            ObjectNode item = (ObjectNode) Json.mapper().valueToTree(pod);
            var status = statuses.current(pod);
            if (status != null) {
                item.set("status", Json.mapper().valueToTree(status));
            }
            items.add(item);
        }
        exchange.json(Json.write(list));
    }
}
