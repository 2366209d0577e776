package io.kubespring.scheduler.plugins;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.client.KubeClient;
import io.kubespring.scheduler.framework.CycleState;
import io.kubespring.scheduler.framework.Outcome;
import io.kubespring.scheduler.framework.Plugin;
import io.kubespring.scheduler.framework.PodInfo;
import java.util.Map;

/** Binds by creating the Pod's Binding, on condition that it is still the same Pod. */
public final class DefaultBinder implements Plugin.Bind {

    private final KubeClient client;

    public DefaultBinder(KubeClient client) {
        this.client = client;
    }

    @Override
    public String name() {
        return "DefaultBinder";
    }

    @Override
    public Outcome bind(CycleState state, PodInfo pod, String node) {
        var metadata = pod.pod().getMetadata();
        var binding = Json.object().put("apiVersion", "v1").put("kind", "Binding");
        binding.putObject("metadata")
                .put("name", metadata.getName())
                .put("namespace", metadata.getNamespace())
                .put("uid", metadata.getUid());
        binding.putObject("target").put("apiVersion", "v1").put("kind", "Node").put("name", node);
        String path = "/api/v1/namespaces/" + metadata.getNamespace() + "/pods/" + metadata.getName() + "/binding";
        try {
            client.call("POST", path, Map.of("content-type", "application/json"), Json.write(binding))
                    .block();
            return Outcome.SUCCESS;
        } catch (StatusException refused) {
            return Outcome.error(refused.getMessage());
        }
    }
}
