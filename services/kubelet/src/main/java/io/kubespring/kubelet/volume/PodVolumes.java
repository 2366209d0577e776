package io.kubespring.kubelet.volume;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.cluster.ConfigObjects;
import io.kubespring.kubelet.cluster.TokenSource;
import io.kubespring.kubelet.config.FolderSettings;
import io.kubespring.kubelet.environment.PodFields.NodeFacts;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.node.mount.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the volumes of a Pod ready, keeps their content current, and takes them away with the Pod. */
public final class PodVolumes {

    private final FolderSettings folders;
    private final Mounts mounts;
    private final TokenSource tokens;
    private final List<VolumePlugin> plugins;

    public PodVolumes(
            FolderSettings folders, Mounts mounts, ConfigObjects objects, TokenSource tokens, TimeSource time) {
        this.folders = folders;
        this.mounts = mounts;
        this.tokens = tokens;
        var memory = new MemoryFolder(mounts);
        this.plugins = List.of(
                new EmptyDirVolume(memory),
                new ConfigMapVolume(objects, time),
                new SecretVolume(objects, memory, time),
                new ProjectedVolume(objects, tokens, memory, time),
                new DownwardApiVolume(memory, time),
                new HostPathVolume());
    }

    /**
     * Idempotent.
     *
     * @return what each volume is on the host, by the volume's name
     * @throws VolumeException with upstream's wording for the FailedMount event
     */
    public Map<String, Path> mount(Pod pod, NodeFacts facts) {
        var mounted = new HashMap<String, Path>();
        List<Volume> volumes = pod.getSpec().getVolumes();
        if (volumes == null) {
            return mounted;
        }
        for (Volume volume : volumes) {
            VolumePlugin plugin = plugin(volume);
            Path folder = folders.pod(Pods.uid(pod))
                    .resolve("volumes")
                    .resolve(plugin.folderName())
                    .resolve(volume.getName());
            try {
                mounted.put(volume.getName(), plugin.mount(new VolumeRequest(pod, volume, folder, facts)));
            } catch (VolumeException | IOException | io.kubespring.api.error.StatusException failure) {
                throw new VolumeException(
                        "MountVolume.SetUp failed for volume \"" + volume.getName() + "\" : " + failure.getMessage());
            }
        }
        return mounted;
    }

    private VolumePlugin plugin(Volume volume) {
        return plugins.stream()
                .filter(each -> each.handles(volume))
                .findFirst()
                .orElseThrow(() -> new VolumeException("Unable to attach or mount volumes: unmounted volumes=["
                        + volume.getName() + "]: no volume plugin matched name: " + volume.getName()));
    }

    /** Takes away the volumes of a Pod whose containers are gone. */
    public void unmount(String podUid) throws IOException {
        Path folder = folders.pod(podUid);
        for (Path point : mounts.below(folder)) {
            mounts.unmount(point);
        }
        AtomicWriter.deleteTree(folder.resolve("volumes"));
        tokens.forget(podUid);
    }

    /** Deletes everything of a Pod that is gone for good. */
    public void deleteFolder(String podUid) throws IOException {
        unmount(podUid);
        AtomicWriter.deleteTree(folders.pod(podUid));
    }

    /** Pods that have a folder here. */
    public List<String> podsWithFolders() throws IOException {
        if (!Files.isDirectory(folders.pods())) {
            return List.of();
        }
        try (var list = Files.list(folders.pods())) {
            return list.map(path -> path.getFileName().toString()).toList();
        }
    }
}
