package io.kubespring.kubelet.volume;

import io.fabric8.kubernetes.api.model.Volume;
import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.volume.AtomicWriter.Content;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;

/** Facts about the Pod as files; labels and annotations follow their changes. */
final class DownwardApiVolume implements VolumePlugin {

    private static final int DEFAULT_MODE = 0644;

    private final MemoryFolder memory;
    private final TimeSource time;

    DownwardApiVolume(MemoryFolder memory, TimeSource time) {
        this.memory = memory;
        this.time = time;
    }

    @Override
    public String folderName() {
        return "kubernetes.io~downward-api";
    }

    @Override
    public boolean handles(Volume volume) {
        return volume.getDownwardAPI() != null;
    }

    @Override
    public Path mount(VolumeRequest request) throws IOException {
        var source = request.volume().getDownwardAPI();
        var files = new HashMap<String, Content>();
        int mode = source.getDefaultMode() == null ? DEFAULT_MODE : source.getDefaultMode();
        DownwardFiles.collect(request, source.getItems(), mode, files);
        memory.create(request.folder(), 0777, List.of());
        AtomicWriter.write(request.folder(), files, request.fsGroup(), time.now());
        return request.folder();
    }
}
