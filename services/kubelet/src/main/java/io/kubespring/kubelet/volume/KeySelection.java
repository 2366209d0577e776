package io.kubespring.kubelet.volume;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Secret;
import io.kubespring.kubelet.volume.AtomicWriter.Content;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which keys of an object become which files. */
final class KeySelection {

    private KeySelection() {}

    static Map<String, byte[]> contents(ConfigMap configMap) {
        var contents = new TreeMap<String, byte[]>();
        if (configMap.getData() != null) {
            configMap.getData().forEach((key, text) -> contents.put(key, text.getBytes(StandardCharsets.UTF_8)));
        }
        if (configMap.getBinaryData() != null) {
            configMap.getBinaryData().forEach((key, base64) -> contents.put(key, decode(base64)));
        }
        return contents;
    }

    static Map<String, byte[]> contents(Secret secret) {
        var contents = new TreeMap<String, byte[]>();
        if (secret.getData() != null) {
            secret.getData().forEach((key, base64) -> contents.put(key, decode(base64)));
        }
        return contents;
    }

    private static byte[] decode(String base64) {
        return Base64.getMimeDecoder().decode(base64);
    }

    /** @param items empty or null for every key under its own name */
    static void select(
            Map<String, byte[]> contents,
            @Nullable List<KeyToPath> items,
            int defaultMode,
            boolean optional,
            Map<String, Content> into) {
        if (items == null || items.isEmpty()) {
            contents.forEach((key, bytes) -> into.put(key, new Content(bytes, defaultMode, null)));
            return;
        }
        for (KeyToPath item : items) {
            byte[] bytes = contents.get(item.getKey());
            if (bytes != null) {
                int mode = item.getMode() == null ? defaultMode : item.getMode();
                into.put(item.getPath(), new Content(bytes, mode, null));
            } else if (!optional) {
                throw new VolumeException("references non-existent config key: " + item.getKey());
            }
        }
    }
}
