package io.kubespring.apiserver.bootstrap;

import io.kubespring.api.json.Json;
import io.kubespring.client.KubeClient;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The ConfigMap {@code kube-system/extension-apiserver-authentication}, from which extension API servers learn whose
 * certificates and headers to believe.
 */
final class ExtensionAuthentication implements BootstrapStep {

    private final Map<String, String> data;

    /** @param data "client-ca-file", "requestheader-client-ca-file", "requestheader-username-headers", … */
    ExtensionAuthentication(Map<String, String> data) {
        this.data = Map.copyOf(data);
    }

    @Override
    public String name() {
        return "start-cluster-authentication-info-controller";
    }

    @Override
    public void run(KubeClient client) {
        ObjectNode map = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata")
                .put("name", "extension-apiserver-authentication")
                .put("namespace", "kube-system");
        ObjectNode wanted = map.putObject("data");
        data.forEach(wanted::put);
        Ensure.upToDate(
                Ensure.in(client, Ensure.core("ConfigMap", "configmaps", true), "kube-system"),
                map,
                Ensure.Change.edit(stored -> {
                    data.forEach(stored.withObjectProperty("data")::put);
                    return stored;
                }));
    }
}
