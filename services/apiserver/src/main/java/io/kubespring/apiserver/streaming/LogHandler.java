package io.kubespring.apiserver.streaming;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.FieldError;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.handlers.Call;
import io.kubespring.apiserver.handlers.VerbHandler;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.QueryParameters;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

/** GET of {@code pods/log}: passes the kubelet's answer on as it comes. */
final class LogHandler implements VerbHandler {

    private static final GroupVersionKind OPTIONS = new GroupVersionKind("", "v1", "PodLogOptions");
    private static final List<String> FORWARDED = List.of(
            "follow", "previous", "sinceSeconds", "sinceTime", "timestamps", "tailLines", "limitBytes", "stream");

    private final ObjectSource objects;
    private final KubeletEndpoints endpoints;
    private final KubeletClient kubelets;

    LogHandler(ObjectSource objects, KubeletEndpoints endpoints, KubeletClient kubelets) {
        this.objects = objects;
        this.endpoints = endpoints;
        this.kubelets = kubelets;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        QueryParameters query = call.request().query();
        check(query);
        PodTarget target = PodTarget.of(objects, call.namespace(), call.name(), query.firstOr("container", ""));
        if (target.node().isEmpty()) {
            return Mono.just(ApiResponse.text(200, ""));
        }
        KubeletEndpoint kubelet = endpoints.of(target.node());
        String uri = "https://" + kubelet.authority() + target.path("containerLogs") + forwarded(query);
        boolean follow = query.flag("follow");
        return kubelets.http()
                .get()
                .uri(uri)
                .responseConnection((response, connection) -> answer(response, connection, follow))
                .next()
                .onErrorMap(
                        failure -> !(failure instanceof StatusException),
                        failure -> KubeletClient.unreachable(kubelet, uri, failure));
    }

    private static Mono<ApiResponse> answer(HttpClientResponse response, Connection connection, boolean follow) {
        Flux<byte[]> body = connection.inbound().receive().asByteArray().doFinally(end -> connection.dispose());
        if (response.status().code() == 200) {
            return Mono.just(new ApiResponse.Streamed(200, "text/plain", List.of(), body, follow));
        }
        int code = response.status().code();
        return body.reduce(LogHandler::joined)
                .defaultIfEmpty(new byte[0])
                .flatMap(text -> Mono.error(failure(code, new String(text, StandardCharsets.UTF_8).strip())));
    }

    private static StatusException failure(int code, String message) {
        return switch (code) {
            case 400 -> StatusException.badRequest(message);
            case 404 ->
                new StatusException(
                        StatusReason.NOT_FOUND, message.isEmpty() ? "the kubelet knows no such container" : message);
            default -> StatusException.internal("the kubelet answered " + code + ": " + message);
        };
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static String forwarded(QueryParameters query) {
        var text = new StringBuilder();
        for (String each : FORWARDED) {
            String value = query.first(each);
            if (value != null && !value.isEmpty()) {
                text.append(text.isEmpty() ? '?' : '&')
                        .append(each)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }

    private static void check(QueryParameters query) {
        List<FieldError> errors = new ArrayList<>();
        positive(query, "tailLines", 0, "must be greater than or equal to 0", errors);
        positive(query, "limitBytes", 1, "must be greater than 0", errors);
        positive(query, "sinceSeconds", 1, "must be greater than 0", errors);
        if (query.has("sinceSeconds") && query.has("sinceTime")) {
            errors.add(FieldError.forbidden(
                    "sinceSeconds", "at most one of `sinceTime` or `sinceSeconds` may be specified"));
        }
        if (!errors.isEmpty()) {
            throw StatusException.invalid(OPTIONS, "", errors);
        }
    }

    private static void positive(
            QueryParameters query, String name, long least, String detail, List<FieldError> errors) {
        Long value = query.number(name);
        if (value != null && value < least) {
            errors.add(FieldError.invalid(name, value, detail));
        }
    }
}
