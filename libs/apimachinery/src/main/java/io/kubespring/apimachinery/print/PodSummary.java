package io.kubespring.apimachinery.print;

import static io.kubespring.apimachinery.print.Fields.at;
import static io.kubespring.apimachinery.print.Fields.number;
import static io.kubespring.apimachinery.print.Fields.text;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a pod is doing, in one word, as kubectl users know it: the phase, or the reason why a container waits or ended,
 * with "Init:" before it while init containers run.
 */
final class PodSummary {

    private final JsonNode pod;
    private final Set<String> sidecars = new HashSet<>();
    private String status;
    private int containers;
    private int ready;
    private long restarts;
    private long sidecarRestarts;
    private String lastRestart = "";
    private String lastSidecarRestart = "";

    private PodSummary(JsonNode pod) {
        this.pod = pod;
        containers = at(pod, "spec", "containers").size();
        status = text(pod, "status", "reason");
        if (status.isEmpty()) {
            status = text(pod, "status", "phase");
        }
    }

    static PodSummary of(JsonNode pod) {
        PodSummary summary = new PodSummary(pod);
        summary.read();
        return summary;
    }

    String status() {
        return status;
    }

    /** "1/2". */
    String ready() {
        return ready + "/" + containers;
    }

    long restarts() {
        return restarts;
    }

    /** When a container last ended before it was restarted; empty if none did. */
    String lastRestart() {
        return lastRestart;
    }

    private void read() {
        JsonNode scheduled = Fields.condition(pod, "PodScheduled");
        if (scheduled != null && text(scheduled, "reason").equals("SchedulingGated")) {
            status = "SchedulingGated";
        }
        for (JsonNode each : at(pod, "spec", "initContainers")) {
            if (text(each, "restartPolicy").equals("Always")) {
                sidecars.add(text(each, "name"));
                containers++;
            }
        }
        boolean initializing = readInitContainers();
        if (!initializing || Fields.conditionTrue(pod, "Initialized")) {
            restarts = sidecarRestarts;
            lastRestart = lastSidecarRestart;
            readContainers();
        }
        String phase = text(pod, "status", "phase");
        if (Fields.deleted(pod)) {
            if (text(pod, "status", "reason").equals("NodeLost")) {
                status = "Unknown";
            } else if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
                status = "Terminating";
            }
        }
    }

    /** Whether an init container still has to end (or a sidecar to start). */
    private boolean readInitContainers() {
        int index = 0;
        for (JsonNode each : at(pod, "status", "initContainerStatuses")) {
            countRestarts(each);
            boolean sidecar = sidecars.contains(text(each, "name"));
            if (sidecar) {
                sidecarRestarts += number(each, "restartCount");
                lastSidecarRestart = later(lastSidecarRestart, lastFinished(each));
            }
            JsonNode ended = at(each, "state", "terminated");
            boolean passed = ended.isObject() && number(ended, "exitCode") == 0;
            if (!passed && sidecar && at(each, "started").asBoolean(false)) {
                ready += at(each, "ready").asBoolean(false) ? 1 : 0;
                passed = true;
            }
            if (!passed) {
                status = "Init:" + initReason(each, ended, index);
                return true;
            }
            index++;
        }
        return false;
    }

    private String initReason(JsonNode container, JsonNode ended, int index) {
        if (ended.isObject()) {
            return endReason(ended);
        }
        String waiting = text(container, "state", "waiting", "reason");
        return waiting.isEmpty() || waiting.equals("PodInitializing")
                ? index + "/" + at(pod, "spec", "initContainers").size()
                : waiting;
    }

    private void readContainers() {
        boolean running = false;
        JsonNode statuses = at(pod, "status", "containerStatuses");
        for (int i = statuses.size() - 1; i >= 0; i--) {
            JsonNode each = statuses.get(i);
            countRestarts(each);
            String waiting = text(each, "state", "waiting", "reason");
            JsonNode ended = at(each, "state", "terminated");
            if (!waiting.isEmpty()) {
                status = waiting;
            } else if (ended.isObject()) {
                status = endReason(ended);
            } else if (at(each, "ready").asBoolean(false)
                    && at(each, "state", "running").isObject()) {
                running = true;
                ready++;
            }
        }
        if (status.equals("Completed") && running) {
            status = Fields.conditionTrue(pod, "Ready") ? "Running" : "NotReady";
        }
    }

    private void countRestarts(JsonNode container) {
        restarts += number(container, "restartCount");
        lastRestart = later(lastRestart, lastFinished(container));
    }

    private static String lastFinished(JsonNode container) {
        return text(container, "lastState", "terminated", "finishedAt");
    }

    private static String endReason(JsonNode ended) {
        String reason = text(ended, "reason");
        if (!reason.isEmpty()) {
            return reason;
        }
        long signal = number(ended, "signal");
        return signal != 0 ? "Signal:" + signal : "ExitCode:" + number(ended, "exitCode");
    }

    private static String later(String one, String other) {
        Instant first = HumanDuration.parse(one);
        Instant second = HumanDuration.parse(other);
        return second != null && (first == null || second.isAfter(first)) ? other : one;
    }
}
