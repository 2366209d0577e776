package io.kubespring.kubelet.volume;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Volume;
import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.cluster.ConfigObjects;
import io.kubespring.kubelet.volume.AtomicWriter.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;

/** The keys of a ConfigMap as files; changes of the ConfigMap reach the files. */
final class ConfigMapVolume implements VolumePlugin {

    private static final int DEFAULT_MODE = 0644;

    private final ConfigObjects objects;
    private final TimeSource time;

    ConfigMapVolume(ConfigObjects objects, TimeSource time) {
        this.objects = objects;
        this.time = time;
    }

    @Override
    public String folderName() {
        return "kubernetes.io~configmap";
    }

    @Override
    public boolean handles(Volume volume) {
        return volume.getConfigMap() != null;
    }

    @Override
    public Path mount(VolumeRequest request) throws IOException {
        var source = request.volume().getConfigMap();
        boolean optional = Boolean.TRUE.equals(source.getOptional());
        ConfigMap configMap = objects.configMap(request.namespace(), source.getName());
        if (configMap == null && !optional) {
            throw new VolumeException("configmap \"" + source.getName() + "\" not found");
        }
        var files = new HashMap<String, Content>();
        if (configMap != null) {
            int mode = source.getDefaultMode() == null ? DEFAULT_MODE : source.getDefaultMode();
            KeySelection.select(KeySelection.contents(configMap), source.getItems(), mode, optional, files);
        }
        if (!Files.exists(request.folder())) {
            Files.createDirectories(request.folder());
            Ownership.mode(request.folder(), 0777);
        }
        AtomicWriter.write(request.folder(), files, request.fsGroup(), time.now());
        return request.folder();
    }
}
