package io.kubespring.apiserver.authorization.node;

import io.kubespring.api.GroupResource;
import io.kubespring.api.cache.BoundedCache;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.authorization.ParsedObjects;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Which objects are related to which node: through the pods bound to it, and through the volumes of their claims. A pod
 * is parsed once a change, and only when a kubelet asks for something in its namespace.
 */
final class NodeRelations {

    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final GroupResource VOLUMES = new GroupResource("", "persistentvolumes");
    private static final GroupResource ATTACHMENTS = new GroupResource("storage.k8s.io", "volumeattachments");
    private static final int CACHED_NAMESPACES = 1024;

    private final ObjectSource objects;
    private final BoundedCache<String, ParsedObjects<PodReferences>> byNamespace =
            new BoundedCache<>(CACHED_NAMESPACES);

    NodeRelations(ObjectSource objects) {
        this.objects = objects;
    }

    boolean podRunsOn(String node, String namespace, String name) {
        return anyPod(node, namespace, pod -> pod.name().equals(name));
    }

    boolean accountRunsOn(String node, String namespace, String account) {
        return anyPod(node, namespace, pod -> pod.serviceAccount().equals(account));
    }

    boolean configMapUsedOn(String node, String namespace, String name) {
        return anyPod(node, namespace, pod -> pod.configMaps().contains(name));
    }

    boolean claimUsedOn(String node, String namespace, String name) {
        return anyPod(node, namespace, pod -> pod.claims().contains(name));
    }

    boolean resourceClaimUsedOn(String node, String namespace, String name) {
        return anyPod(node, namespace, pod -> pod.resourceClaims().contains(name));
    }

    boolean secretUsedOn(String node, String namespace, String name) {
        return anyPod(node, namespace, pod -> pod.secrets().contains(name))
                || volumeSecretUsedOn(node, namespace, name);
    }

    boolean volumeUsedOn(String node, String name) {
        ObjectSource.Item volume = objects.get(VOLUMES, "", name);
        return volume != null && volumeUsedOn(node, volume.tree());
    }

    boolean attachmentIsOf(String node, String name) {
        ObjectSource.Item attachment = objects.get(ATTACHMENTS, "", name);
        return attachment != null
                && attachment.tree().path("spec").path("nodeName").asString("").equals(node);
    }

    private boolean volumeUsedOn(String node, JsonNode volume) {
        JsonNode claim = volume.path("spec").path("claimRef");
        return claimUsedOn(
                node, claim.path("namespace").asString(""), claim.path("name").asString(""));
    }

    /** A volume's driver may need a secret to mount it. */
    private boolean volumeSecretUsedOn(String node, String namespace, String name) {
        for (ObjectSource.Item item : objects.list(VOLUMES, null)) {
            JsonNode volume = item.tree();
            if (mentionsSecret(volume.path("spec"), namespace, name) && volumeUsedOn(node, volume)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mentionsSecret(JsonNode volumeSpec, String namespace, String name) {
        String claimNamespace = volumeSpec.path("claimRef").path("namespace").asString("");
        for (JsonNode driver : volumeSpec) {
            for (String field :
                    new String[] {"secretRef", "nodePublishSecretRef", "nodeStageSecretRef", "nodeExpandSecretRef"}) {
                JsonNode reference = driver.path(field);
                if (reference.path("name").asString("").equals(name)
                        && reference.path("namespace").asString(claimNamespace).equals(namespace)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean anyPod(String node, String namespace, Predicate<PodReferences> related) {
        ParsedObjects<PodReferences> known = byNamespace.get(namespace);
        ParsedObjects<PodReferences> pods =
                (known == null ? ParsedObjects.none(PODS, namespace, PodReferences::parse) : known).refreshed(objects);
        if (pods != known) {
            byNamespace.put(namespace, pods);
        }
        for (PodReferences pod : pods.values()) {
            if (pod.node().equals(node) && related.test(pod)) {
                return true;
            }
        }
        return false;
    }
}
