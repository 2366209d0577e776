package io.kubespring.kubelet.server;

import io.kubespring.api.json.Json;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the API server whether a caller may do something on this node ("Kubelet authentication/authorization"): requests
 * map to subresources of the Node, finer ones being tried before {@code nodes/proxy} (KEP-2862).
 */
final class CallerAuthorizer {

    private static final Duration ALLOWED_LIFE = Duration.ofMinutes(5);
    private static final Duration DENIED_LIFE = Duration.ofSeconds(30);
    private static final int MOST_ANSWERS = 1000;

    private record Question(Caller caller, String verb, String subresource) {}

    private final String nodeName;
    private final boolean webhook;
    private final KubeClient client;
    private final ExpiringCache<Question, Boolean> answers;

    CallerAuthorizer(String nodeName, boolean webhook, KubeClient client, TimeSource time) {
        this.nodeName = nodeName;
        this.webhook = webhook;
        this.client = client;
        this.answers = new ExpiringCache<>(time, MOST_ANSWERS);
    }

    boolean allowed(Caller caller, String method, String path) {
        if (!webhook) {
            return true;
        }
        String verb = verb(method);
        return subresources(path).stream().anyMatch(each -> allowed(new Question(caller, verb, each)));
    }

    static List<String> subresources(String path) {
        if (within(path, "/stats")) {
            return List.of("stats");
        }
        if (within(path, "/metrics")) {
            return List.of("metrics");
        }
        if (within(path, "/logs")) {
            return List.of("log");
        }
        if (path.equals("/healthz")) {
            return List.of("healthz", "proxy");
        }
        if (path.equals("/pods") || path.equals("/runningpods")) {
            return List.of("pods", "proxy");
        }
        return List.of("proxy");
    }

    private static boolean within(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }

    static String verb(String method) {
        return switch (method.toUpperCase(Locale.ROOT)) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            default -> "get";
        };
    }

    private boolean allowed(Question question) {
        Boolean known = answers.get(question).orElse(null);
        if (known != null) {
            return known;
        }
        boolean answer = ask(question);
        answers.put(question, answer, answer ? ALLOWED_LIFE : DENIED_LIFE);
        return answer;
    }

    private boolean ask(Question question) {
        ObjectNode review =
                Json.object().put("apiVersion", "authorization.k8s.io/v1").put("kind", "SubjectAccessReview");
        ObjectNode spec = review.putObject("spec");
        Caller caller = question.caller;
        spec.put("user", caller.name()).put("uid", caller.uid());
        ArrayNode groups = spec.putArray("groups");
        caller.groups().forEach(groups::add);
        ObjectNode extra = spec.putObject("extra");
        caller.extra().forEach((key, values) -> values.forEach(extra.putArray(key)::add));
        spec.putObject("resourceAttributes")
                .put("verb", question.verb)
                .put("version", "v1")
                .put("resource", "nodes")
                .put("subresource", question.subresource)
                .put("name", nodeName);
        byte[] answer = client.call(
                        "POST",
                        "/apis/authorization.k8s.io/v1/subjectaccessreviews",
                        Map.of("content-type", "application/json", "accept", "application/json"),
                        Json.write(review))
                .block();
        return Json.readObject(Objects.requireNonNull(answer))
                .path("status")
                .path("allowed")
                .asBoolean(false);
    }
}
