package io.kubespring.kubelet.logs;

import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.config.ContainerSettings;
import io.kubespring.node.cri.CriException;
import io.kubespring.node.cri.CriRuntime;
import io.kubespring.node.cri.v1.Container;
import io.kubespring.node.cri.v1.ContainerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renames logs that have grown too large and lets the runtime begin new ones; older ones are compressed, the oldest deleted
 * ({@code containerLogMaxSize}, {@code containerLogMaxFiles}).
 */
public final class LogRotator {

    private static final Logger LOG = LoggerFactory.getLogger(LogRotator.class);
    private static final DateTimeFormatter SUFFIX =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final CriRuntime runtime;
    private final ContainerSettings settings;
    private final TimeSource time;

    public LogRotator(CriRuntime runtime, ContainerSettings settings, TimeSource time) {
        this.runtime = runtime;
        this.settings = settings;
        this.time = time;
    }

    /** One round over all running containers. */
    public void rotate() {
        for (Container container : runtime.listContainers(Map.of())) {
            if (container.getState() != ContainerState.CONTAINER_RUNNING) {
                continue;
            }
            try {
                Path log = Path.of(runtime.containerStatus(container.getId()).getLogPath());
                if (Files.exists(log) && Files.size(log) >= settings.containerLogMaxSizeBytes()) {
                    rotate(container.getId(), log);
                }
            } catch (IOException | CriException failure) {
                LOG.warn("log of {} not rotated: {}", container.getMetadata().getName(), failure.toString());
            }
        }
    }

    private void rotate(String containerId, Path log) throws IOException {
        List<Path> older = rotated(log);
        for (Path each : older) {
            if (!each.toString().endsWith(".gz")) {
                compress(each);
            }
        }
        older = rotated(log);
        // The log in use and the one renamed now count too.
        int keep = settings.containerLogMaxFiles() - 2;
        for (int at = 0; at < older.size() - Math.max(0, keep); at++) {
            Files.delete(older.get(at));
        }
        Path renamed = log.resolveSibling(log.getFileName() + "." + SUFFIX.format(time.now()));
        Files.move(log, renamed);
        try {
            runtime.reopenContainerLog(containerId);
        } catch (CriException failure) {
            // Else the container would write on into the renamed file for ever.
            Files.move(renamed, log, StandardCopyOption.REPLACE_EXISTING);
            throw failure;
        }
    }

    /** Oldest first: the time is in the name. */
    private static List<Path> rotated(Path log) throws IOException {
        Path folder = log.toAbsolutePath().getParent();
        if (folder == null) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            String prefix = log.getFileName() + ".";
            return files.filter(each -> each.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    private static void compress(Path log) throws IOException {
        Path compressed = log.resolveSibling(log.getFileName() + ".gz");
        try (var in = Files.newInputStream(log);
                var out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            in.transferTo(out);
        }
        Files.delete(log);
    }
}
