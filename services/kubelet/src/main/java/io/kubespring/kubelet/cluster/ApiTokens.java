package io.kubespring.kubelet.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.kubespring.api.json.Json;
import io.kubespring.client.KubeClient;
import io.kubespring.kubelet.cluster.RotatingTokens.IssuedToken;
import io.kubespring.kubelet.pod.Pods;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks for tokens through the TokenRequest subresource, bound to the Pod. */
public final class ApiTokens implements RotatingTokens.Requester {

    private final KubeClient client;

    public ApiTokens(KubeClient client) {
        this.client = client;
    }

    @Override
    public IssuedToken request(Pod pod, List<String> audiences, long expirationSeconds) {
        ObjectNode request =
                Json.object().put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
        ObjectNode spec = request.putObject("spec");
        var array = spec.putArray("audiences");
        audiences.forEach(array::add);
        spec.put("expirationSeconds", expirationSeconds);
        spec.putObject("boundObjectRef")
                .put("apiVersion", "v1")
                .put("kind", "Pod")
                .put("name", pod.getMetadata().getName())
                .put("uid", Pods.uid(pod));
        String account = pod.getSpec().getServiceAccountName();
        JsonNode answer = client.resources(ServiceAccount.class)
                .inNamespace(pod.getMetadata().getNamespace())
                .createSubresource(account == null || account.isEmpty() ? "default" : account, "token", request)
                .block();
        JsonNode status = Objects.requireNonNull(answer).path("status");
        return new IssuedToken(
                status.path("token").asString(),
                Instant.parse(status.path("expirationTimestamp").asString()));
    }
}
