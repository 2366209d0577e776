package io.kubespring.apiserver.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.features.FeatureGates;
import io.kubespring.apiserver.request.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A server's whole core that is sent garbage, and what must hold of each answer: a success or a precise Status that does
 * not blame the server, and no word of its insides.
 */
final class Victim implements AutoCloseable {

    static final String NS = TestServer.NS;

    private static final int LARGEST_STATUS = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> INSIDES = List.of(
            "java.", "io.kubespring", "tools.jackson", "org.yaml", "Exception", "\tat ", "see the server's log");

    private static final String DEPLOYMENT = """
        {"metadata":{"name":"patched","labels":{"a":"b"},"annotations":{"k":"v"},"finalizers":["x/y"]},
         "spec":{"replicas":2,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},
         "spec":{"containers":[{"name":"c","image":"i","args":["x","y"],"ports":[{"containerPort":80}],
         "env":[{"name":"A","value":"1"},{"name":"B","value":"2"}],
         "volumeMounts":[{"name":"v","mountPath":"/v"}]},{"name":"d","image":"j"}],
         "tolerations":[{"operator":"Exists"}],"volumes":[{"name":"v","emptyDir":{}}]}}}}\
        """;

    private final TestServer server = new TestServer(
            ApiServerConfig.open().withFeatures(FeatureGates.parse(List.of("CBORServingAndStorage=true"))));

    private String origin = "";

    Victim() {
        server.post(TestServer.DEPLOYMENTS, DEPLOYMENT);
        server.post(TestServer.PODS, "{'metadata':{'name':'a'},'spec':{'containers':[{'name':'c','image':'i'}]}}");
        server.post(TestServer.MAPS, "{'metadata':{'name':'a'}}");
    }

    /** What a kind in the body asks for; a body that names none of them is taken for a Pod. */
    static String endpoint(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        for (var each : Map.of(
                        "ConfigMap", NS + "/configmaps",
                        "Deployment", "/apis/apps/v1/namespaces/default/deployments",
                        "Service", NS + "/services",
                        "Role", "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles",
                        "Job", "/apis/batch/v1/namespaces/default/jobs",
                        "Event", NS + "/events",
                        "CustomResourceDefinition", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                        "SubjectAccessReview", "/apis/authorization.k8s.io/v1/subjectaccessreviews")
                .entrySet()) {
            if (text.contains(each.getKey())) {
                return each.getValue();
            }
        }
        return NS + "/pods";
    }

    /** What follows is made of this, however encoded. */
    void about(byte[] input) {
        origin = new String(input, StandardCharsets.ISO_8859_1);
    }

    int send(String method, String uri, byte[] body, String contentType, String accept) {
        Map<String, String> headers = new HashMap<>(Map.of("accept", accept));
        if (!contentType.isEmpty()) {
            headers.put("content-type", contentType);
        }
        ApiResponse answer;
        try {
            answer = server.answer(method, uri, body, headers);
        } catch (StatusException refused) {
            // What the shell answers before the core is asked.
            assertThat(refused.code()).isBetween(400, 499);
            return refused.code();
        }
        return switch (answer) {
            case ApiResponse.Bytes bytes ->
                checked(bytes, origin + method + uri + new String(body, StandardCharsets.ISO_8859_1));
            case ApiResponse.Streamed streamed -> {
                if (streamed.longRunning()) {
                    streamed.body().subscribe().dispose();
                } else {
                    streamed.body().blockLast(PATIENCE);
                }
                yield streamed.status();
            }
            case ApiResponse.Direct direct -> throw new AssertionError("a connection is taken over");
        };
    }

    /** Takes off what keeps objects from going. */
    void unbind(String endpoint, byte[] jsonPatch) {
        Json.readObject(server.get(endpoint).bytes())
                .path("items")
                .forEach(each -> send(
                        "PATCH",
                        endpoint + "/" + each.path("metadata").path("name").asString(),
                        jsonPatch,
                        "application/json-patch+json",
                        "application/json"));
    }

    private static int checked(ApiResponse.Bytes answer, String sent) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.status() >= 500) {
            // Only what a client asked for and no server can have: a revision from the future.
            assertThat(answer.status()).as(text).isEqualTo(504);
        }
        if (answer.status() >= 400) {
            assertThat(answer.body().length).as("length of the refusal").isLessThan(LARGEST_STATUS);
            for (String inside : INSIDES) {
                if (!sent.contains(inside)) {
                    assertThat(text).doesNotContain(inside);
                }
            }
        }
        if (answer.status() >= 400 && answer.contentType().equals(ApiResponse.JSON)) {
            var status = Json.readObject(answer.body());
            assertThat(status.path("kind").asString("")).isEqualTo("Status");
            assertThat(status.path("code").asInt()).isEqualTo(answer.status());
            assertThat(status.path("reason").asString("")).isNotEmpty();
            assertThat(status.path("message").asString("")).isNotEmpty();
        }
        return answer.status();
    }

    @Override
    public void close() {
        server.close();
    }
}
