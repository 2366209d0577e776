package io.kubespring.apiserver.bootstrap;

import io.kubespring.api.json.Json;
import io.kubespring.client.KubeClient;
import java.util.List;

/** The four namespaces that always exist. */
final class SystemNamespaces implements BootstrapStep {

    static final List<String> NAMES = List.of("kube-system", "kube-public", "kube-node-lease", "default");

    @Override
    public String name() {
        return "start-system-namespaces-controller";
    }

    @Override
    public void run(KubeClient client) {
        var namespaces = client.trees(Ensure.core("Namespace", "namespaces", false));
        for (String name : NAMES) {
            var namespace = Json.object().put("apiVersion", "v1").put("kind", "Namespace");
            namespace.putObject("metadata").put("name", name);
            Ensure.exists(namespaces, namespace);
        }
    }
}
