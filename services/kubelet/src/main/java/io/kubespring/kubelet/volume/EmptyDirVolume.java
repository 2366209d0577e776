package io.kubespring.kubelet.volume;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.kubespring.kubelet.resources.Amounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder that lives as long as the Pod, on disk or in memory. */
final class EmptyDirVolume implements VolumePlugin {

    private static final int EVERYBODY = 0777;

    private final MemoryFolder memory;

    EmptyDirVolume(MemoryFolder memory) {
        this.memory = memory;
    }

    @Override
    public String folderName() {
        return "kubernetes.io~empty-dir";
    }

    @Override
    public boolean handles(Volume volume) {
        return volume.getEmptyDir() != null;
    }

    @Override
    public Path mount(VolumeRequest request) throws IOException {
        Path folder = request.folder();
        var source = request.volume().getEmptyDir();
        if ("Memory".equals(source.getMedium())) {
            Quantity limit = source.getSizeLimit();
            long bytes = limit == null ? 0 : Amounts.value(limit);
            memory.create(folder, EVERYBODY, bytes > 0 ? List.of("size=" + bytes) : List.of());
        } else if (!Files.exists(folder)) {
            Files.createDirectories(folder);
            Ownership.mode(folder, EVERYBODY);
        }
        Ownership.shareFolder(folder, request.fsGroup());
        return folder;
    }
}
