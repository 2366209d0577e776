package io.kubespring.api.schema;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Defaults that upstream declares in its schemas (Swagger 2.0 does not carry them). Those of a list's map keys decide
 * which item a server-side apply means. Everything else that is defaulted is a kind's own rule.
 */
public final class DeclaredDefaults {

    private static final String CORE = "io.k8s.api.core.v1.";
    private static final String RESOURCE = "io.k8s.api.resource.v1.";

    private static final Map<String, String> TEXT = Map.ofEntries(
            Map.entry(CORE + "ContainerPort.protocol", "TCP"),
            Map.entry(CORE + "ServicePort.protocol", "TCP"),
            Map.entry(CORE + "AzureDiskVolumeSource.cachingMode", "ReadWrite"),
            Map.entry(CORE + "AzureDiskVolumeSource.fsType", "ext4"),
            Map.entry(CORE + "AzureDiskVolumeSource.kind", "Shared"),
            Map.entry(CORE + "ISCSIVolumeSource.iscsiInterface", "default"),
            Map.entry(CORE + "ISCSIPersistentVolumeSource.iscsiInterface", "default"),
            Map.entry(CORE + "RBDVolumeSource.keyring", "/etc/ceph/keyring"),
            Map.entry(CORE + "RBDVolumeSource.pool", "rbd"),
            Map.entry(CORE + "RBDVolumeSource.user", "admin"),
            Map.entry(CORE + "RBDPersistentVolumeSource.keyring", "/etc/ceph/keyring"),
            Map.entry(CORE + "RBDPersistentVolumeSource.pool", "rbd"),
            Map.entry(CORE + "RBDPersistentVolumeSource.user", "admin"),
            Map.entry(CORE + "ScaleIOVolumeSource.fsType", "xfs"),
            Map.entry(CORE + "ScaleIOVolumeSource.storageMode", "ThinProvisioned"),
            Map.entry(CORE + "ScaleIOPersistentVolumeSource.fsType", "xfs"),
            Map.entry(CORE + "ScaleIOPersistentVolumeSource.storageMode", "ThinProvisioned"),
            Map.entry(RESOURCE + "DeviceToleration.operator", "Equal"));

    private DeclaredDefaults() {}

    /** The default of a definition's field, or null. */
    public static @Nullable JsonNode of(String definition, String field) {
        if (definition.equals(CORE + "ReplicationControllerSpec") && field.equals("replicas")) {
            return JsonNodeFactory.instance.numberNode(1);
        }
        String text = TEXT.get(definition + "." + field);
        return text == null ? null : JsonNodeFactory.instance.stringNode(text);
    }
}
