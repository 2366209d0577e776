package io.kubespring.apiserver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.service.pki.ClusterPki;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Nodes whose kubelets are fakes, and Pods on them. */
final class Clusters {

    private static final String PODS = "/api/v1/namespaces/default/pods";

    private Clusters() {}

    static Map<String, Object> kubeletFlags(ClusterPki pki) {
        return Map.of(
                "kubelet-client-certificate", pki.file("kubelet-client.crt").toString(),
                "kubelet-client-key", pki.file("kubelet-client.key").toString(),
                "kubelet-certificate-authority", pki.file("ca.crt").toString());
    }

    static void node(RunningServer server, String name, int port) {
        server.post("/api/v1/nodes", "{'metadata':{'name':'" + name + "'}}");
        patch(
                server,
                "/api/v1/nodes/" + name + "/status",
                "{'status':{'addresses':[{'type':'InternalIP','address':'127.0.0.1'}],"
                        + "'daemonEndpoints':{'kubeletEndpoint':{'Port':" + port + "}}}}");
    }

    static void patch(RunningServer server, String path, String body) {
        var reply = server.call(
                RunningServer.withToken(server.http11())
                        .headers(headers -> headers.set("content-type", "application/merge-patch+json")),
                "PATCH",
                path,
                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    static void pod(RunningServer server, String name, String spec) {
        server.post("/api/v1/namespaces/default/serviceaccounts", "{'metadata':{'name':'default'}}");
        var reply = server.post(PODS, "{'metadata':{'name':'" + name + "'},'spec':{" + spec + "}}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    }

    static void boundPod(RunningServer server, String name, String node, String spec) {
        pod(server, name, spec);
        var reply = server.post(
                PODS + "/" + name + "/binding",
                "{'metadata':{'name':'" + name + "'},'target':{'kind':'Node','name':'" + node + "'}}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    }
}
