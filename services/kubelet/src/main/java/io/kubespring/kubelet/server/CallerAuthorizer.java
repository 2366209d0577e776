package io.kubespring.kubelet.server;

import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import io.kubespring.service.access.AccessQuestion;
import io.kubespring.service.access.AccessReviews;
import io.kubespring.service.access.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Asks the API server whether a caller may do something on this node ("Kubelet authentication/authorization"): requests
 * map to subresources of the Node, finer ones being tried before {@code nodes/proxy} (KEP-2862).
 */
final class CallerAuthorizer {

    private static final Duration ALLOWED_LIFE = Duration.ofMinutes(5);
    private static final Duration DENIED_LIFE = Duration.ofSeconds(30);

    private final String nodeName;
    private final boolean webhook;
    private final AccessReviews reviews;

    CallerAuthorizer(String nodeName, boolean webhook, KubeClient client) {
        this.nodeName = nodeName;
        this.webhook = webhook;
        this.reviews = new AccessReviews(client, ALLOWED_LIFE, DENIED_LIFE);
    }

    /** Waits for the API server's answer. */
    boolean allowed(Caller caller, String method, String path) {
        if (!webhook) {
            return true;
        }
        String verb = verb(method);
        return subresources(path).stream()
                .anyMatch(each -> Await.value(reviews.allowed(new AccessQuestion.Node(caller, verb, each, nodeName))));
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
}
