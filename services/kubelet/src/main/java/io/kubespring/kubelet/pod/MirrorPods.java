package io.kubespring.kubelet.pod;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import io.kubespring.client.DeleteOptions;
import io.kubespring.client.KubeClient;
import io.kubespring.client.Resources;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a Pod object at the API server for each static Pod, so that users can see it. */
public final class MirrorPods {

    private static final Logger LOG = LoggerFactory.getLogger(MirrorPods.class);

    private final Resources<Pod> api;
    private final Supplier<@Nullable String> nodeUid;
    private final String nodeName;
    private final Map<String, Pod> mirrors = new ConcurrentHashMap<>();

    /** @param nodeUid of this node's object, null before there is one */
    public MirrorPods(KubeClient client, String nodeName, Supplier<@Nullable String> nodeUid) {
        this.api = client.resources(Pod.class);
        this.nodeName = nodeName;
        this.nodeUid = nodeUid;
    }

    /** Notes a mirror that the API server has. */
    public void seen(Pod mirror) {
        mirrors.put(Pods.key(mirror), mirror);
    }

    public void gone(Pod mirror) {
        mirrors.remove(Pods.key(mirror));
    }

    public @Nullable Pod of(Pod staticPod) {
        return mirrors.get(Pods.key(staticPod));
    }

    /** Makes missing mirrors and deletes those without a static Pod. */
    public void reconcile(Collection<Pod> staticPods) {
        var wanted = new HashMap<String, Pod>();
        staticPods.forEach(pod -> wanted.put(Pods.key(pod), pod));
        for (Pod mirror : List.copyOf(mirrors.values())) {
            Pod pod = wanted.get(Pods.key(mirror));
            boolean current = pod != null
                    && hash(pod).equals(Pods.annotations(mirror).get(Pods.CONFIG_MIRROR))
                    && !Pods.isDeleted(mirror);
            if (!current) {
                delete(mirror);
            }
        }
        for (Pod pod : wanted.values()) {
            if (!mirrors.containsKey(Pods.key(pod))) {
                create(pod);
            }
        }
    }

    private void create(Pod pod) {
        String owner = nodeUid.get();
        if (owner == null) {
            return;
        }
        Pod mirror = Json.convert(Json.mapper().valueToTree(pod), Pod.class);
        mirror.setStatus(null);
        mirror.getMetadata().setUid(null);
        var annotations = new HashMap<>(Pods.annotations(pod));
        annotations.put(Pods.CONFIG_MIRROR, hash(pod));
        mirror.getMetadata().setAnnotations(annotations);
        var reference = new OwnerReference();
        reference.setApiVersion("v1");
        reference.setKind("Node");
        reference.setName(nodeName);
        reference.setUid(owner);
        reference.setController(true);
        mirror.getMetadata().setOwnerReferences(List.of(reference));
        try {
            api.create(mirror).block();
        } catch (StatusException refused) {
            if (refused.reason() != StatusReason.ALREADY_EXISTS) {
                LOG.warn("{}: mirror Pod not made: {}", Pods.key(pod), refused.getMessage());
            }
        }
    }

    private void delete(Pod mirror) {
        try {
            api.inNamespace(mirror.getMetadata().getNamespace())
                    .delete(
                            mirror.getMetadata().getName(),
                            DeleteOptions.ofUid(Pods.uid(mirror)).grace(0))
                    .block();
        } catch (StatusException refused) {
            if (refused.reason() != StatusReason.NOT_FOUND) {
                LOG.warn("{}: mirror Pod not deleted: {}", Pods.key(mirror), refused.getMessage());
            }
        }
    }

    private static String hash(Pod pod) {
        return Pods.annotations(pod).getOrDefault(Pods.CONFIG_HASH, "");
    }
}
