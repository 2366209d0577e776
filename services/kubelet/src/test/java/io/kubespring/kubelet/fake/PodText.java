package io.kubespring.kubelet.fake;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.json.Json;
import io.kubespring.kinds.defaulting.Defaults;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.node.ObjectNode;

/** Pods from YAML, with their defaults. */
public final class PodText {

    private PodText() {}

    /** @param spec what stands under {@code spec} */
    public static Pod pod(String spec) {
        return pod("p", "u1", spec);
    }

    /** One of several, whose uid is its name. */
    public static Pod named(String name, String spec) {
        return pod(name, name, spec);
    }

    private static Pod pod(String name, String uid, String spec) {
        Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(spec);
        ObjectNode tree = Json.object().put("apiVersion", "v1").put("kind", "Pod");
        tree.putObject("metadata").put("name", name).put("namespace", "ns").put("uid", uid);
        tree.set("spec", Json.convert(loaded, ObjectNode.class));
        Defaults.apply(new GroupVersionKind("", "v1", "Pod"), tree);
        return Json.convert(tree, Pod.class);
    }
}
