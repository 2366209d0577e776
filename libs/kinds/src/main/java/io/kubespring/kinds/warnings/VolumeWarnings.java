package io.kubespring.kinds.warnings;

import io.kubespring.kinds.tree.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Volumes that no node serves any more. */
final class VolumeWarnings {

    private static final Map<String, String> GONE = new LinkedHashMap<>();

    static {
        GONE.put("photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+");
        GONE.put("gitRepo", "deprecated in v1.11, and disabled by default in v1.33+");
        GONE.put("scaleIO", "deprecated in v1.16, non-functional in v1.22+");
        GONE.put("flocker", "deprecated in v1.22, non-functional in v1.25+");
        GONE.put("storageos", "deprecated in v1.22, non-functional in v1.25+");
        GONE.put("quobyte", "deprecated in v1.22, non-functional in v1.25+");
        GONE.put("glusterfs", "deprecated in v1.25, non-functional in v1.26+");
        GONE.put("cephfs", "deprecated in v1.28, non-functional in v1.31+");
        GONE.put("rbd", "deprecated in v1.28, non-functional in v1.31+");
    }

    private VolumeWarnings() {}

    static void add(Field spec, List<String> warnings) {
        List<Field> volumes = spec.at("volumes").items();
        volumes.forEach(each -> gone(each, warnings));
        volumes.forEach(each -> OverlapWarnings.add(each, warnings));
    }

    /** @param source a Pod's volume, or the spec of a PersistentVolume */
    static void gone(Field source, List<String> warnings) {
        GONE.forEach((kind, text) -> {
            if (source.at(kind).present()) {
                // Upstream's path is Go's name.
                String name = kind.equals("storageos") ? "storageOS" : kind;
                warnings.add(source.at(name).path() + ": " + text);
            }
        });
    }
}
