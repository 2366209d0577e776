package io.kubespring.kubelet.volume;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.cluster.ConfigObjects;
import io.kubespring.kubelet.volume.AtomicWriter.Content;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;

/** The keys of a Secret as files in memory. */
final class SecretVolume implements VolumePlugin {

    private static final int DEFAULT_MODE = 0644;

    private final ConfigObjects objects;
    private final MemoryFolder memory;
    private final TimeSource time;

    SecretVolume(ConfigObjects objects, MemoryFolder memory, TimeSource time) {
        this.objects = objects;
        this.memory = memory;
        this.time = time;
    }

    @Override
    public String folderName() {
        return "kubernetes.io~secret";
    }

    @Override
    public boolean handles(Volume volume) {
        return volume.getSecret() != null;
    }

    @Override
    public Path mount(VolumeRequest request) throws IOException {
        var source = request.volume().getSecret();
        boolean optional = Boolean.TRUE.equals(source.getOptional());
        Secret secret = objects.secret(request.namespace(), source.getSecretName());
        if (secret == null && !optional) {
            throw new VolumeException("secret \"" + source.getSecretName() + "\" not found");
        }
        var files = new HashMap<String, Content>();
        if (secret != null) {
            int mode = source.getDefaultMode() == null ? DEFAULT_MODE : source.getDefaultMode();
            KeySelection.select(KeySelection.contents(secret), source.getItems(), mode, optional, files);
        }
        memory.create(request.folder(), 0777, List.of());
        AtomicWriter.write(request.folder(), files, request.fsGroup(), time.now());
        return request.folder();
    }
}
