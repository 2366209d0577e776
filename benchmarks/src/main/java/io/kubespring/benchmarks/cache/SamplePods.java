package io.kubespring.benchmarks.cache;

import io.kubespring.api.GroupResource;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.cache.BuiltInSelectableFields;
import io.kubespring.apiserver.cache.SelectableFields;
import tools.jackson.databind.node.ObjectNode;

/** Pods of about 7 KB, as a Deployment's look after the kubelet has reported them. */
final class SamplePods {

    static final SelectableFields FIELDS = BuiltInSelectableFields.of(new GroupResource("", "pods"));

    private static final int CONTAINERS = 4;
    private static final int VARIABLES = 20;

    private SamplePods() {}

    static String key(int number) {
        return "/registry/pods/bench/pod-" + number;
    }

    static ObjectNode pod(int number) {
        ObjectNode pod = Json.object().put("kind", "Pod").put("apiVersion", "v1");
        ObjectNode metadata = pod.putObject("metadata").put("name", "pod-" + number);
        metadata.put("namespace", "bench").put("uid", "7d4ad1f0-3a0b-4f6c-9f7a-0000" + (10_000_000 + number));
        metadata.putObject("labels").put("app", "bench").put("pod-template-hash", "6d4b75cb6d");
        ObjectNode spec = pod.putObject("spec").put("nodeName", "node-" + number % 100);
        var containers = spec.putArray("containers");
        var statuses = pod.putObject("status").put("phase", "Running").putArray("containerStatuses");
        for (int i = 0; i < CONTAINERS; i++) {
            ObjectNode container = containers.addObject().put("name", "c" + i).put("image", "registry/app:1." + i);
            var environment = container.putArray("env");
            for (int v = 0; v < VARIABLES; v++) {
                environment.addObject().put("name", "VARIABLE_" + v).put("value", "some value, of some length " + v);
            }
            statuses.addObject().put("name", "c" + i).put("ready", true).put("restartCount", 0);
        }
        return pod;
    }
}
