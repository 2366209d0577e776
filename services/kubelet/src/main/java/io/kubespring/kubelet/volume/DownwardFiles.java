package io.kubespring.kubelet.volume;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.kubespring.kubelet.environment.ConfigException;
import io.kubespring.kubelet.environment.PodFields;
import io.kubespring.kubelet.volume.AtomicWriter.Content;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Facts about the Pod as files. */
final class DownwardFiles {

    private DownwardFiles() {}

    static void collect(
            VolumeRequest request, List<DownwardAPIVolumeFile> items, int defaultMode, Map<String, Content> into) {
        for (DownwardAPIVolumeFile item : items) {
            int mode = item.getMode() == null ? defaultMode : item.getMode();
            into.put(item.getPath(), new Content(value(request, item).getBytes(StandardCharsets.UTF_8), mode, null));
        }
    }

    private static String value(VolumeRequest request, DownwardAPIVolumeFile item) {
        try {
            if (item.getFieldRef() != null) {
                return PodFields.field(
                        request.pod(), request.facts(), item.getFieldRef().getFieldPath());
            }
            Container any = request.pod().getSpec().getContainers().getFirst();
            return PodFields.resource(request.pod(), any, item.getResourceFieldRef(), request.facts());
        } catch (ConfigException wrong) {
            throw new VolumeException(wrong.getMessage());
        }
    }
}
