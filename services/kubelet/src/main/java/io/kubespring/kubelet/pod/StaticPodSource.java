package io.kubespring.kubelet.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pods from manifests in a folder; a changed file is a new Pod, a deleted file ends it. */
public final class StaticPodSource {

    private static final Logger LOG = LoggerFactory.getLogger(StaticPodSource.class);

    private final Path folder;
    private final StaticPodParser parser;
    private final PodSink sink;
    private final Map<Path, String> contents = new HashMap<>();
    private final Map<Path, Pod> pods = new ConcurrentHashMap<>();

    public StaticPodSource(Path folder, String nodeName, TimeSource time, PodSink sink) {
        this.folder = folder;
        this.parser = new StaticPodParser(nodeName, time);
        this.sink = sink;
    }

    /** Looks at the folder once. */
    public synchronized void scan() {
        List<Path> files;
        try (var list = Files.list(folder)) {
            files = list.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            LOG.warn("static Pods in {} not read: {}", folder, unreadable.toString());
            return;
        }
        for (Path file : List.copyOf(contents.keySet())) {
            if (!files.contains(file)) {
                contents.remove(file);
                drop(file);
            }
        }
        files.forEach(this::read);
    }

    private void read(Path file) {
        try {
            String content = Files.readString(file);
            if (content.equals(contents.get(file))) {
                return;
            }
            contents.put(file, content);
            Pod pod = parser.parse(file.toString(), content);
            drop(file);
            pods.put(file, pod);
            sink.update(pod);
        } catch (IOException wrong) {
            LOG.warn("{}: {}", file, wrong.getMessage());
        }
    }

    private void drop(Path file) {
        Pod before = pods.remove(file);
        if (before != null) {
            sink.remove(before);
        }
    }

    public Collection<Pod> pods() {
        return pods.values();
    }
}
