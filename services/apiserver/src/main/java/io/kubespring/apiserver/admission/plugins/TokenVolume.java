package io.kubespring.apiserver.admission.plugins;

import io.kubespring.api.time.RandomSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The projected volume with which containers reach the API server: a token, the cluster's CA and the namespace, mounted
 * wherever a container has nothing else at that path.
 */
final class TokenVolume {

    private static final String MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String PREFIX = "kube-api-access-";
    /** One hour, and seven seconds by which such tokens are told from those that somebody asked for. */
    private static final int EXPIRATION_SECONDS = 3607;

    private static final int READABLE_BY_ALL = 0644;

    private TokenVolume() {}

    static void mount(ObjectNode podSpec, RandomSource random) {
        String existing = existingVolume(podSpec);
        String name = existing.isEmpty() ? PREFIX + random.nameSuffix(5) : existing;
        boolean needed = mount(podSpec, "initContainers", name) | mount(podSpec, "containers", name);
        if (needed && existing.isEmpty()) {
            ObjectNode volume = podSpec.withArrayProperty("volumes").addObject();
            addSources(volume.put("name", name).putObject("projected"));
        }
    }

    private static String existingVolume(JsonNode podSpec) {
        for (JsonNode volume : podSpec.path("volumes")) {
            if (Trees.text(volume, "name").startsWith(PREFIX)) {
                return Trees.text(volume, "name");
            }
        }
        return "";
    }

    private static boolean mount(ObjectNode podSpec, String containers, String volume) {
        boolean mounted = false;
        for (JsonNode each : podSpec.path(containers)) {
            if (each instanceof ObjectNode container && !hasMount(container)) {
                container
                        .withArrayProperty("volumeMounts")
                        .addObject()
                        .put("name", volume)
                        .put("readOnly", true)
                        .put("mountPath", MOUNT_PATH);
                mounted = true;
            }
        }
        return mounted;
    }

    private static boolean hasMount(JsonNode container) {
        for (JsonNode mount : container.path("volumeMounts")) {
            if (Trees.text(mount, "mountPath").equals(MOUNT_PATH)) {
                return true;
            }
        }
        return false;
    }

    private static void addSources(ObjectNode projected) {
        ArrayNode sources = projected.putArray("sources");
        sources.addObject()
                .putObject("serviceAccountToken")
                .put("expirationSeconds", EXPIRATION_SECONDS)
                .put("path", "token");
        ObjectNode ca = sources.addObject().putObject("configMap").put("name", "kube-root-ca.crt");
        ca.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
        sources.addObject()
                .putObject("downwardAPI")
                .putArray("items")
                .addObject()
                .put("path", "namespace")
                .putObject("fieldRef")
                .put("apiVersion", "v1")
                .put("fieldPath", "metadata.namespace");
        projected.put("defaultMode", READABLE_BY_ALL);
    }
}
