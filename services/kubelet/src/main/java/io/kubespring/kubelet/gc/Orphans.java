package io.kubespring.kubelet.gc;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.kubespring.kubelet.runtime.ContainerKiller;
import io.kubespring.kubelet.state.ContainerInfo;
import io.kubespring.kubelet.state.Labels;
import io.kubespring.kubelet.state.PodState;
import io.kubespring.kubelet.state.PodStateReader;
import io.kubespring.kubelet.volume.PodVolumes;
import io.kubespring.kubelet.worker.PodCleaner;
import io.kubespring.kubelet.worker.PodWorkers;
import io.kubespring.kubelet.worker.RuntimeWatcher;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops and deletes what the runtime and the disk have of Pods that nobody knows: those deleted while no kubelet ran. Only
 * works once every source has told all its Pods, so that nothing is an orphan by mistake.
 */
public final class Orphans {

    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

    private final RuntimeWatcher watcher;
    private final PodWorkers workers;
    private final PodStateReader reader;
    private final ContainerKiller killer;
    private final PodCleaner cleaner;
    private final PodVolumes volumes;
    private final Set<String> underway = ConcurrentHashMap.newKeySet();

    public Orphans(
            RuntimeWatcher watcher,
            PodWorkers workers,
            PodStateReader reader,
            ContainerKiller killer,
            PodCleaner cleaner,
            PodVolumes volumes) {
        this.watcher = watcher;
        this.workers = workers;
        this.reader = reader;
        this.killer = killer;
        this.cleaner = cleaner;
        this.volumes = volumes;
    }

    /** Starts the end of every orphan; does not wait for it. */
    public void collect() {
        for (String uid : watcher.podUids()) {
            if (!workers.knows(uid) && underway.add(uid)) {
                Thread.ofVirtual().name("orphan-" + uid).start(() -> end(uid));
            }
        }
        try {
            for (String uid : volumes.podsWithFolders()) {
                if (!workers.knows(uid) && !watcher.podUids().contains(uid)) {
                    volumes.deleteFolder(uid);
                }
            }
        } catch (IOException failure) {
            LOG.warn("folders of Pods that are gone not deleted: {}", failure.toString());
        }
    }

    private void end(String uid) {
        try {
            PodState state = reader.read(uid);
            if (state.sandboxes().isEmpty() && state.containers().isEmpty()) {
                // The list was older than the end of the Pod.
                return;
            }
            Map<String, String> labels = labels(state);
            Pod pod = minimal(uid, labels);
            long grace = state.containers().stream()
                    .mapToLong(ContainerInfo::graceSeconds)
                    .max()
                    .orElse(0);
            LOG.info(
                    "{}/{}: stopping what is left of it",
                    pod.getMetadata().getNamespace(),
                    pod.getMetadata().getName());
            killer.killPod(pod, state, Duration.ofSeconds(grace));
            cleaner.purge(
                    reader.read(uid),
                    pod.getMetadata().getNamespace(),
                    pod.getMetadata().getName());
        } catch (RuntimeException | IOException failure) {
            LOG.warn("orphan {} not ended, it is tried again: {}", uid, failure.toString());
        } finally {
            underway.remove(uid);
        }
    }

    private static Map<String, String> labels(PodState state) {
        if (!state.sandboxes().isEmpty()) {
            return state.sandboxes().getFirst().getLabelsMap();
        }
        return state.containers().isEmpty()
                ? Map.of()
                : state.containers().getFirst().status().getLabelsMap();
    }

    /** Enough of a Pod to stop it: its name and place, no hooks. */
    private static Pod minimal(String uid, Map<String, String> labels) {
        var metadata = new ObjectMeta();
        metadata.setUid(uid);
        metadata.setName(labels.getOrDefault(Labels.POD_NAME, uid));
        metadata.setNamespace(labels.getOrDefault(Labels.POD_NAMESPACE, ""));
        var spec = new PodSpec();
        spec.setContainers(List.of());
        var pod = new Pod();
        pod.setMetadata(metadata);
        pod.setSpec(spec);
        return pod;
    }
}
