package io.kubespring.kubelet.server;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.json.Json;
import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.node.NodePressure;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.server.request.Endpoint;
import io.kubespring.kubelet.server.request.Exchange;
import io.kubespring.kubelet.server.request.HttpError;
import io.kubespring.kubelet.state.Labels;
import io.kubespring.kubelet.worker.PodWorkers;
import io.kubespring.node.cri.CriRuntime;
import io.kubespring.node.cri.v1.ContainerStats;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /stats/summary}: CPU and memory of the node and of each Pod's containers. */
public final class StatsEndpoint implements Endpoint {

    private final String nodeName;
    private final CriRuntime runtime;
    private final PodWorkers workers;
    private final NodePressure machine;
    private final TimeSource time;

    public StatsEndpoint(
            String nodeName, CriRuntime runtime, PodWorkers workers, NodePressure machine, TimeSource time) {
        this.nodeName = nodeName;
        this.runtime = runtime;
        this.workers = workers;
        this.machine = machine;
        this.time = time;
    }

    @Override
    public boolean handles(String first) {
        return first.equals("stats");
    }

    @Override
    public void serve(Exchange exchange) {
        if (!exchange.path().equals("/stats/summary")) {
            throw new HttpError(404, "404 page not found\n");
        }
        String now = time.now().truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode summary = Json.object();
        ObjectNode node = summary.putObject("node").put("nodeName", nodeName);
        node.putObject("memory").put("time", now).put("availableBytes", machine.memoryAvailable());
        ArrayNode pods = summary.putArray("pods");
        Map<String, List<ContainerStats>> byPod = runtime.listContainerStats().stream()
                .collect(Collectors.groupingBy(each -> each.getAttributes().getLabelsOrDefault(Labels.POD_UID, "")));
        for (Pod pod : workers.pods()) {
            pod(pods.addObject(), pod, byPod.getOrDefault(Pods.uid(pod), List.of()), now);
        }
        exchange.json(Json.write(summary));
    }

    private static void pod(ObjectNode entry, Pod pod, List<ContainerStats> containers, String now) {
        entry.putObject("podRef")
                .put("name", pod.getMetadata().getName())
                .put("namespace", pod.getMetadata().getNamespace())
                .put("uid", Pods.uid(pod));
        entry.put("startTime", pod.getMetadata().getCreationTimestamp());
        ArrayNode list = entry.putArray("containers");
        long cpu = 0;
        long memory = 0;
        for (ContainerStats stats : containers) {
            container(list.addObject(), stats);
            cpu += stats.getCpu().getUsageCoreNanoSeconds().getValue();
            memory += stats.getMemory().getWorkingSetBytes().getValue();
        }
        entry.putObject("cpu").put("time", now).put("usageCoreNanoSeconds", cpu);
        entry.putObject("memory").put("time", now).put("workingSetBytes", memory);
    }

    private static void container(ObjectNode entry, ContainerStats stats) {
        entry.put("name", stats.getAttributes().getMetadata().getName());
        entry.putObject("cpu")
                .put("time", time(stats.getCpu().getTimestamp()))
                .put("usageNanoCores", stats.getCpu().getUsageNanoCores().getValue())
                .put(
                        "usageCoreNanoSeconds",
                        stats.getCpu().getUsageCoreNanoSeconds().getValue());
        entry.putObject("memory")
                .put("time", time(stats.getMemory().getTimestamp()))
                .put("workingSetBytes", stats.getMemory().getWorkingSetBytes().getValue())
                .put("usageBytes", stats.getMemory().getUsageBytes().getValue())
                .put("rssBytes", stats.getMemory().getRssBytes().getValue())
                .put("pageFaults", stats.getMemory().getPageFaults().getValue());
    }

    private static String time(long nanos) {
        return Instant.EPOCH.plusNanos(nanos).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
