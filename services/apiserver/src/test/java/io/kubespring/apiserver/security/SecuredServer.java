package io.kubespring.apiserver.security;

import io.kubespring.api.json.Json;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.apiserver.ApiServerCore;
import io.kubespring.apiserver.authentication.Authentication;
import io.kubespring.apiserver.authentication.Credentials;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.bootstrap.ClusterNetwork;
import io.kubespring.apiserver.features.FeatureGates;
import io.kubespring.apiserver.limits.LimitsConfig;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.Headers;
import io.kubespring.kinds.service.PortRange;
import io.kubespring.service.pki.ClusterPki;
import io.kubespring.storage.memory.MemoryStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A server over a memory store with a PKI of its own, Node and RBAC authorization and all admission plugins. */
public final class SecuredServer implements AutoCloseable {

    static final UserInfo ADMIN = UserInfo.of("kubernetes-admin", "system:masters", "system:authenticated");

    final ClusterPki pki;
    final ApiServerCore core;

    /** What a client sees. */
    public record Answer(int status, ObjectNode body) {
        public String message() {
            return body.path("message").asString("");
        }
    }

    public SecuredServer(Path directory) {
        pki = new ClusterPki(directory, SystemTime.instance().now());
        var config = new ApiServerConfig(
                SecurityConfig.kubeadm(directory, "10.0.0.1:6443"),
                List.of("10.96.0.0/12"),
                PortRange.NODE_PORTS,
                Duration.ofHours(1),
                new ClusterNetwork("10.0.0.1", 6443, "10.96.0.0/12"),
                Map.of(),
                ApiServerConfig.Kubelets.NONE,
                ApiServerConfig.StoreChecks.DEFAULT,
                LimitsConfig.DEFAULT,
                FeatureGates.DEFAULTS,
                true);
        var time = SystemTime.instance();
        core = new ApiServerCore(
                config, MemoryStore.create(time), time, RandomSource.system(), new SimpleMeterRegistry());
        core.start();
        awaitReady();
    }

    private void awaitReady() {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!core.ready()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("server did not become ready");
            }
            Thread.onSpinWait();
        }
    }

    /** A request as the shell hands it on, its user proven by {@code credentials}. */
    Answer as(Credentials credentials, String method, String uri, String body) {
        return switch (core.authenticator().authenticate(credentials)) {
            case Authentication.Authenticated proof -> {
                try {
                    yield as(
                            core.impersonation().effectiveUser(proof.user(), credentials.headers()), method, uri, body);
                } catch (io.kubespring.api.error.StatusException refused) {
                    yield new Answer(refused.code(), refused.toStatus());
                }
            }
            case Authentication.Rejected rejected ->
                new Answer(401, Json.object().put("message", rejected.reason()));
            case Authentication.NoOpinion nothing -> new Answer(401, Json.object());
        };
    }

    Answer as(UserInfo user, String method, String uri, String body) {
        int question = uri.indexOf('?');
        String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        ApiResponse answer = Objects.requireNonNull(core.server()
                .handle(ApiRequest.of(
                        method,
                        question < 0 ? uri : uri.substring(0, question),
                        question < 0 ? null : uri.substring(question + 1),
                        Headers.of(Map.of("content-type", type, "user-agent", "test")),
                        body.isEmpty()
                                ? Mono.empty()
                                : Mono.just(body.replace('\'', '"').getBytes()),
                        user))
                .block(Duration.ofSeconds(10)));
        return switch (answer) {
            case ApiResponse.Bytes bytes -> new Answer(bytes.status(), tree(bytes.body()));
            case ApiResponse.Streamed streamed -> {
                var all = new StringBuilder();
                if (!uri.contains("watch=true")) {
                    streamed.body()
                            .doOnNext(each -> all.append(new String(each)))
                            .blockLast(Duration.ofSeconds(10));
                }
                yield new Answer(streamed.status(), tree(all.toString().getBytes()));
            }
            case ApiResponse.Direct direct -> new Answer(direct.status(), Json.object());
        };
    }

    private static ObjectNode tree(byte[] body) {
        if (body.length == 0 || body[0] != '{') {
            return Json.object().put("message", new String(body));
        }
        return Json.readObject(body);
    }

    public Answer admin(String method, String uri, String body) {
        return as(ADMIN, method, uri, body);
    }

    public JsonNode get(String uri) {
        return admin("GET", uri, "").body();
    }

    @Override
    public void close() {
        core.close();
    }
}
