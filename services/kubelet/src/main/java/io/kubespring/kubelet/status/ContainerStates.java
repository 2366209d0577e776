package io.kubespring.kubelet.status;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.kubespring.kubelet.state.ContainerInfo;
import io.kubespring.node.cri.v1.Mount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A container's state as the API words it, with its termination message. */
final class ContainerStates {

    private static final int MOST_MESSAGE_BYTES = 4096;
    private static final int MOST_LOG_BYTES = 2048;
    private static final int MOST_LOG_LINES = 80;

    private ContainerStates() {}

    static ContainerState waiting(String reason, @Nullable String message) {
        var waiting = new ContainerStateWaiting();
        waiting.setReason(reason);
        waiting.setMessage(message);
        var state = new ContainerState();
        state.setWaiting(waiting);
        return state;
    }

    static ContainerState of(ContainerInfo container) {
        var state = new ContainerState();
        switch (container.status().getState()) {
            case CONTAINER_RUNNING -> {
                var running = new ContainerStateRunning();
                running.setStartedAt(time(container.status().getStartedAt()));
                state.setRunning(running);
            }
            case CONTAINER_EXITED, CONTAINER_UNKNOWN, UNRECOGNIZED -> state.setTerminated(terminated(container));
            // Made but not started: what the user sees is that it is still coming.
            case CONTAINER_CREATED -> {
                return waiting("ContainerCreating", null);
            }
        }
        return state;
    }

    private static ContainerStateTerminated terminated(ContainerInfo container) {
        var status = container.status();
        var terminated = new ContainerStateTerminated();
        terminated.setExitCode(status.getExitCode());
        terminated.setReason(status.getReason().isEmpty() ? null : status.getReason());
        terminated.setStartedAt(time(status.getStartedAt()));
        terminated.setFinishedAt(time(status.getFinishedAt()));
        terminated.setContainerID("containerd://" + container.id());
        String message = message(container);
        terminated.setMessage(message.isEmpty() ? null : message);
        return terminated;
    }

    private static String message(ContainerInfo container) {
        for (Mount mount : container.status().getMountsList()) {
            if (mount.getContainerPath().equals(container.terminationMessagePath())) {
                String own = read(Path.of(mount.getHostPath()));
                if (!own.isEmpty()) {
                    return own;
                }
            }
        }
        boolean fromLog = container.terminationMessagePolicy().equals("FallbackToLogsOnError")
                && container.status().getExitCode() != 0;
        return fromLog
                ? tail(Path.of(container.status().getLogPath()))
                : container.status().getMessage();
    }

    private static String read(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_MESSAGE_BYTES), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** The end of a log without the CRI format's prefixes. */
    private static String tail(Path log) {
        var lines = new ArrayDeque<String>();
        try {
            List<String> all = Files.readAllLines(log);
            for (String line : all.subList(Math.max(0, all.size() - MOST_LOG_LINES), all.size())) {
                String[] parts = line.split(" ", 4);
                lines.add(parts.length < 4 ? line : parts[3]);
            }
        } catch (IOException unreadable) {
            return "";
        }
        String text = String.join("\n", lines) + (lines.isEmpty() ? "" : "\n");
        return text.length() > MOST_LOG_BYTES ? text.substring(text.length() - MOST_LOG_BYTES) : text;
    }

    /** RFC 3339 to the second, as the API has its times; null for none. */
    static @Nullable String time(long nanos) {
        return nanos == 0 ? null : render(Instant.EPOCH.plusNanos(nanos));
    }

    static String render(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
