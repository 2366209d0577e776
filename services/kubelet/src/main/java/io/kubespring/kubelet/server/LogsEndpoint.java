package io.kubespring.kubelet.server;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.logs.LogOptions;
import io.kubespring.kubelet.logs.LogReader;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.server.request.Endpoint;
import io.kubespring.kubelet.server.request.Exchange;
import io.kubespring.kubelet.server.request.HttpError;
import io.kubespring.kubelet.server.request.PodLookup;
import io.kubespring.kubelet.state.ContainerInfo;
import io.kubespring.kubelet.status.StatusManager;
import io.kubespring.node.cri.CriException;
import io.kubespring.node.cri.CriRuntime;
import io.kubespring.node.cri.v1.ContainerState;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /containerLogs/<namespace>/<pod>/<container>}. */
public final class LogsEndpoint implements Endpoint {

    private final PodLookup lookup;
    private final StatusManager statuses;
    private final CriRuntime runtime;
    private final TimeSource time;

    public LogsEndpoint(PodLookup lookup, StatusManager statuses, CriRuntime runtime, TimeSource time) {
        this.lookup = lookup;
        this.statuses = statuses;
        this.runtime = runtime;
        this.time = time;
    }

    @Override
    public boolean handles(String first) {
        return first.equals("containerLogs");
    }

    @Override
    public void serve(Exchange exchange) throws IOException, InterruptedException {
        List<String> parts = exchange.segments();
        if (parts.size() != 4) {
            throw new HttpError(400, "{\"message\": \"missing pod or container name\"}");
        }
        Pod pod = lookup.pod(parts.get(1), parts.get(2));
        String name = parts.get(3);
        if (Pods.container(pod, name) == null) {
            throw new HttpError(
                    404,
                    "container \"" + name + "\" not found in pod \""
                            + pod.getMetadata().getName() + "\"");
        }
        ContainerInfo container = choose(pod, name, exchange.flag("previous"));
        LogOptions options = options(exchange);
        Path log = Path.of(container.status().getLogPath());
        if (!java.nio.file.Files.exists(log)) {
            throw new HttpError(
                    500, "failed to try resolving symlinks in path \"" + log + "\": no such file or directory");
        }
        try (var out = exchange.stream("text/plain; charset=utf-8")) {
            new LogReader(time).read(log, options, () -> runs(container.id()), out);
        } catch (NoSuchFileException rotatedAway) {
            exchange.channel().close();
        }
    }

    private boolean runs(String id) {
        try {
            return runtime.containerStatus(id).getState() == ContainerState.CONTAINER_RUNNING;
        } catch (CriException gone) {
            return gone.code() != CriException.Code.NOT_FOUND;
        }
    }

    private ContainerInfo choose(Pod pod, String name, boolean previous) {
        List<ContainerInfo> history = lookup.state(pod)
                .history(name)
                .filter(each -> each.status().getState() != ContainerState.CONTAINER_CREATED)
                .toList();
        String where =
                "container \"" + name + "\" in pod \"" + pod.getMetadata().getName() + "\"";
        if (previous) {
            boolean waiting = !history.isEmpty() && history.getFirst().isExited() && isWaiting(pod, name);
            if (history.isEmpty() || history.size() < 2 && !waiting) {
                throw new HttpError(400, "previous terminated " + where + " not found");
            }
            return waiting ? history.getFirst() : history.get(1);
        }
        if (history.isEmpty()) {
            throw new HttpError(400, where + waitingText(pod, name));
        }
        return history.getFirst();
    }

    private boolean isWaiting(Pod pod, String name) {
        ContainerStatus status = status(pod, name);
        return status != null && status.getState().getWaiting() != null;
    }

    private String waitingText(Pod pod, String name) {
        ContainerStatus status = status(pod, name);
        if (status == null || status.getState().getWaiting() == null) {
            return " is not available";
        }
        String reason = status.getState().getWaiting().getReason();
        return switch (reason) {
            case "ErrImagePull" -> " is waiting to start: image can't be pulled";
            case "ImagePullBackOff" -> " is waiting to start: trying and failing to pull image";
            default -> " is waiting to start: " + reason;
        };
    }

    private @Nullable ContainerStatus status(Pod pod, String name) {
        PodStatus status = statuses.current(pod);
        if (status == null) {
            return null;
        }
        return Stream.concat(orEmpty(status.getInitContainerStatuses()), orEmpty(status.getContainerStatuses()))
                .filter(each -> name.equals(each.getName()))
                .findFirst()
                .orElse(null);
    }

    private static Stream<ContainerStatus> orEmpty(@Nullable List<ContainerStatus> list) {
        return list == null ? Stream.empty() : list.stream();
    }

    private LogOptions options(Exchange exchange) {
        String sinceSeconds = exchange.parameter("sinceSeconds");
        String sinceTime = exchange.parameter("sinceTime");
        Instant since = null;
        try {
            if (sinceSeconds != null) {
                since = time.now().minusSeconds(Long.parseLong(sinceSeconds));
            } else if (sinceTime != null) {
                since = java.time.OffsetDateTime.parse(sinceTime).toInstant();
            }
            return new LogOptions(
                    exchange.flag("follow"),
                    exchange.flag("timestamps"),
                    since,
                    number(exchange, "tailLines"),
                    number(exchange, "limitBytes"));
        } catch (NumberFormatException | DateTimeException wrong) {
            throw new HttpError(400, "unable to decode query: " + wrong.getMessage());
        }
    }

    private static @Nullable Long number(Exchange exchange, String name) {
        String text = exchange.parameter(name);
        // "all" is upstream's word for no limit.
        return text == null || text.equals("all") ? null : Long.valueOf(text);
    }
}
