package io.kubespring.kubelet.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Toleration;
import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.json.Json;
import io.kubespring.api.time.TimeSource;
import io.kubespring.kinds.defaulting.Defaults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Reads a static Pod from a manifest in YAML or JSON and gives it the identity that upstream gives it. */
final class StaticPodParser {

    private static final GroupVersionKind POD = new GroupVersionKind("", "v1", "Pod");

    private final String nodeName;
    private final TimeSource time;

    StaticPodParser(String nodeName, TimeSource time) {
        this.nodeName = nodeName;
        this.time = time;
    }

    /** @throws IOException where it is no Pod */
    Pod parse(String file, String manifest) throws IOException {
        ObjectNode tree = tree(manifest);
        if (!"Pod".equals(tree.path("kind").asString(""))) {
            throw new IOException("no Pod but a " + tree.path("kind").asString("nothing"));
        }
        Defaults.apply(POD, tree);
        Pod pod = Json.convert(tree, Pod.class);
        if (pod.getMetadata() == null
                || pod.getSpec() == null
                || pod.getMetadata().getName() == null) {
            throw new IOException("a Pod needs metadata.name and spec");
        }
        String uid = hash(nodeName + "\0" + file + "\0" + manifest);
        var metadata = pod.getMetadata();
        metadata.setUid(uid);
        metadata.setName(metadata.getName() + "-" + nodeName);
        if (metadata.getNamespace() == null || metadata.getNamespace().isEmpty()) {
            metadata.setNamespace("default");
        }
        var annotations = new HashMap<>(Pods.annotations(pod));
        annotations.put(Pods.CONFIG_HASH, uid);
        annotations.put(Pods.CONFIG_SOURCE, "file");
        annotations.put(Pods.CONFIG_SEEN, time.now().toString());
        metadata.setAnnotations(annotations);
        pod.getSpec().setNodeName(nodeName);
        List<Toleration> tolerations = new ArrayList<>();
        if (pod.getSpec().getTolerations() != null) {
            tolerations.addAll(pod.getSpec().getTolerations());
        }
        var everything = new Toleration();
        everything.setOperator("Exists");
        everything.setEffect("NoExecute");
        tolerations.add(everything);
        pod.getSpec().setTolerations(tolerations);
        pod.setStatus(null);
        return pod;
    }

    private static ObjectNode tree(String manifest) throws IOException {
        try {
            Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(manifest);
            return Json.convert(loaded, ObjectNode.class);
        } catch (YAMLException | JacksonException | IllegalArgumentException broken) {
            throw new IOException("not readable: " + broken.getMessage());
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
