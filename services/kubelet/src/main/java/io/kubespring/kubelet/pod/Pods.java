package io.kubespring.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Questions about one Pod that many parts ask. */
public final class Pods {

    public static final String CONFIG_SOURCE = "kubernetes.io/config.source";
    public static final String CONFIG_HASH = "kubernetes.io/config.hash";
    public static final String CONFIG_MIRROR = "kubernetes.io/config.mirror";
    public static final String CONFIG_SEEN = "kubernetes.io/config.seen";
    private static final String FILE_SOURCE = "file";
    private static final long DEFAULT_GRACE_SECONDS = 30;

    private Pods() {}

    public static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    /** "namespace/name", for logs. */
    public static String key(Pod pod) {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }

    /** "name_namespace(uid)", as messages of upstream's kubelet name a Pod. */
    public static String described(Pod pod) {
        return pod.getMetadata().getName() + "_" + pod.getMetadata().getNamespace() + "(" + uid(pod) + ")";
    }

    public static Map<String, String> annotations(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }

    public static Map<String, String> labels(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    /** Read from a file on this node, not from the API server. */
    public static boolean isStatic(Pod pod) {
        return FILE_SOURCE.equals(annotations(pod).get(CONFIG_SOURCE));
    }

    /** The API server's picture of a static Pod. */
    public static boolean isMirror(Pod pod) {
        return annotations(pod).containsKey(CONFIG_MIRROR);
    }

    public static boolean isHostNetwork(Pod pod) {
        return Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
    }

    public static boolean isDeleted(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    public static boolean hasEnded(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    /** An init container that keeps running beside the others (KEP-753, sidecar containers). */
    public static boolean isSidecar(Container container) {
        return "Always".equals(container.getRestartPolicy());
    }

    /** Seconds between the polite signal and the kill, from the deletion where there is one. */
    public static long graceSeconds(Pod pod) {
        Long ofDeletion = pod.getMetadata().getDeletionGracePeriodSeconds();
        if (ofDeletion != null && isDeleted(pod)) {
            return ofDeletion;
        }
        Long ofSpec = pod.getSpec().getTerminationGracePeriodSeconds();
        return ofSpec == null ? DEFAULT_GRACE_SECONDS : ofSpec;
    }

    public static String restartPolicy(Pod pod) {
        String policy = pod.getSpec().getRestartPolicy();
        return policy == null ? "Always" : policy;
    }

    public static List<Container> initContainers(Pod pod) {
        List<Container> containers = pod.getSpec().getInitContainers();
        return containers == null ? List.of() : containers;
    }

    /** Init containers first; without those that only visit. */
    public static Stream<Container> allContainers(Pod pod) {
        return Stream.concat(initContainers(pod).stream(), pod.getSpec().getContainers().stream());
    }

    /** Of any of the three kinds. */
    public static @Nullable Container container(Pod pod, String name) {
        return Stream.concat(allContainers(pod), EphemeralContainers.of(pod).stream())
                .filter(container -> container.getName().equals(name))
                .findFirst()
                .orElse(null);
    }
}
