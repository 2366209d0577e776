package io.kubespring.apiserver;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.Headers;
import io.kubespring.client.transport.Transport;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The door for components in the same process: behind authentication, in front of authorization, as one fixed user. What
 * it answers continues on the given scheduler, so that a component's work never holds up the store or the watch caches.
 */
public final class InProcessTransport implements Transport {

    /** Under which name the server itself owns fields of what it writes. */
    private static final String SERVER = "kube-apiserver";

    private static final String COMPONENT = "kubespring";

    private final ApiServer server;
    private final UserInfo user;
    private final Scheduler scheduler;
    private final List<String> agent;

    public InProcessTransport(ApiServer server, UserInfo user, Scheduler scheduler) {
        this.server = server;
        this.user = user.withGroup(UserInfo.AUTHENTICATED_GROUP);
        this.scheduler = scheduler;
        this.agent = List.of(user.name().equals(UserInfo.API_SERVER) ? SERVER : COMPONENT);
    }

    @Override
    public Mono<Response> send(Request request) {
        return Mono.defer(() -> handle(request)).publishOn(scheduler).map(this::response);
    }

    private Mono<ApiResponse> handle(Request request) {
        int question = request.uri().indexOf('?');
        String path = question < 0 ? request.uri() : request.uri().substring(0, question);
        String query = question < 0 ? null : request.uri().substring(question + 1);
        byte[] body = request.body();
        Headers headers = Headers.of(request.headers());
        try {
            return server.handle(
                    ApiRequest.of(
                            request.method(),
                            path,
                            query,
                            name -> name.equals("user-agent") ? agent : headers.all(name),
                            body == null ? Mono.empty() : Mono.just(body),
                            user),
                    scheduler::schedule);
        } catch (StatusException malformed) {
            return Mono.just(ApiResponse.of(malformed));
        }
    }

    private Response response(ApiResponse answer) {
        return switch (answer) {
            case ApiResponse.Bytes bytes ->
                new Response(bytes.status(), headers(answer, bytes.contentType()), Flux.just(bytes.body()));
            case ApiResponse.Streamed streamed ->
                new Response(
                        streamed.status(),
                        headers(answer, streamed.contentType()),
                        streamed.body().publishOn(scheduler));
            case ApiResponse.Direct direct ->
                response(ApiResponse.of(new StatusException(
                        StatusReason.BAD_REQUEST, "connections cannot be upgraded within the process")));
        };
    }

    private static Map<String, String> headers(ApiResponse answer, String contentType) {
        Map<String, String> headers = new HashMap<>();
        List<String> pairs = answer.headers();
        for (int i = 0; i < pairs.size(); i += 2) {
            headers.merge(pairs.get(i).toLowerCase(Locale.ROOT), pairs.get(i + 1), (one, other) -> one + ", " + other);
        }
        headers.put("content-type", contentType);
        return headers;
    }

    @Override
    public Executor later() {
        return scheduler::schedule;
    }

    /** Nothing to close: the server outlives its transports. */
    @Override
    public void close() {}
}
