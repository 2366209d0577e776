package io.kubespring.apiserver.authorization.node;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a pod gives its node access to, all in the pod's own namespace. A mirror pod gives access to nothing: the kubelet
 * made it itself.
 *
 * @param node where the pod runs; empty while unbound
 */
record PodReferences(
        String name,
        String node,
        String serviceAccount,
        Set<String> secrets,
        Set<String> configMaps,
        Set<String> claims,
        Set<String> resourceClaims) {

    static PodReferences parse(ObjectNode pod) {
        JsonNode spec = pod.path("spec");
        String name = text(pod.path("metadata"), "name");
        var references = new PodReferences(
                name,
                text(spec, "nodeName"),
                isMirror(pod) ? "" : text(spec, "serviceAccountName"),
                new HashSet<>(),
                new HashSet<>(),
                new HashSet<>(),
                new HashSet<>());
        if (!isMirror(pod)) {
            references.collect(spec);
            for (JsonNode status : pod.path("status").path("resourceClaimStatuses")) {
                add(references.resourceClaims, status, "resourceClaimName");
            }
        }
        return references;
    }

    private static boolean isMirror(ObjectNode pod) {
        return pod.path("metadata").path("annotations").has("kubernetes.io/config.mirror");
    }

    private void collect(JsonNode spec) {
        for (JsonNode secret : spec.path("imagePullSecrets")) {
            add(secrets, secret, "name");
        }
        for (String list : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
            for (JsonNode container : spec.path(list)) {
                collectEnvironment(container);
            }
        }
        for (JsonNode volume : spec.path("volumes")) {
            collectVolume(volume);
        }
        for (JsonNode claim : spec.path("resourceClaims")) {
            add(resourceClaims, claim, "resourceClaimName");
        }
    }

    private void collectEnvironment(JsonNode container) {
        for (JsonNode variable : container.path("env")) {
            add(secrets, variable.path("valueFrom").path("secretKeyRef"), "name");
            add(configMaps, variable.path("valueFrom").path("configMapKeyRef"), "name");
        }
        for (JsonNode source : container.path("envFrom")) {
            add(secrets, source.path("secretRef"), "name");
            add(configMaps, source.path("configMapRef"), "name");
        }
    }

    private void collectVolume(JsonNode volume) {
        add(secrets, volume.path("secret"), "secretName");
        add(configMaps, volume.path("configMap"), "name");
        add(claims, volume.path("persistentVolumeClaim"), "claimName");
        if (volume.has("ephemeral")) {
            claims.add(name + "-" + text(volume, "name"));
        }
        for (JsonNode source : volume.path("projected").path("sources")) {
            add(secrets, source.path("secret"), "name");
            add(configMaps, source.path("configMap"), "name");
        }
        for (JsonNode driver : volume) {
            add(secrets, driver.path("secretRef"), "name");
            add(secrets, driver.path("nodePublishSecretRef"), "name");
        }
        add(secrets, volume.path("azureFile"), "secretName");
    }

    private static void add(Set<String> names, JsonNode object, String field) {
        String name = text(object, field);
        if (!name.isEmpty()) {
            names.add(name);
        }
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }
}
