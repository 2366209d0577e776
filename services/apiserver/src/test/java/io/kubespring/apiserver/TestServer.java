package io.kubespring.apiserver;

import io.kubespring.api.json.Json;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.Headers;
import io.kubespring.storage.Store;
import io.kubespring.storage.memory.MemoryStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The core over a memory store, without Boot and network: everybody may do everything, a namespace "default" with its
 * service account is there. Bodies are written with single quotes.
 */
public final class TestServer implements AutoCloseable {

    public static final String NS = "/api/v1/namespaces/default";
    public static final String MAPS = NS + "/configmaps";
    public static final String PODS = NS + "/pods";
    public static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final UserInfo ADMIN = UserInfo.of("admin", UserInfo.MASTERS_GROUP);

    public final MeterRegistry metrics;
    public final Store store;
    public final ApiServerCore core;

    /** An answer, read to its end. */
    public record Reply(int status, Map<String, List<String>> headers, byte[] bytes) {
        public ObjectNode json() {
            return Json.readObject(bytes);
        }

        public JsonNode at(String pointer) {
            return json().at(pointer);
        }

        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        public String message() {
            return json().path("message").asString("");
        }

        public List<String> warnings() {
            return headers.getOrDefault("Warning", List.of());
        }
    }

    public TestServer() {
        this(ApiServerConfig.open());
    }

    public TestServer(ApiServerConfig config) {
        this(config, RandomSource.system());
    }

    public TestServer(ApiServerConfig config, RandomSource random) {
        this(config, random, MemoryStore.create(SystemTime.instance()));
    }

    /** Over a store that has a past, of which the first revisions are forgotten. */
    public static TestServer withAPast() {
        var store = MemoryStore.create(SystemTime.instance());
        for (int i = 0; i < 10; i++) {
            store.create("/registry/past/" + i, new byte[] {'{', '}'}, null).join();
        }
        store.compact(store.currentRevision().join()).join();
        return new TestServer(ApiServerConfig.open(), RandomSource.system(), store);
    }

    /** Over a store that others may use, too; it is closed with the server. */
    public static TestServer over(Store store) {
        return new TestServer(ApiServerConfig.open(), RandomSource.system(), store);
    }

    private TestServer(ApiServerConfig config, RandomSource random, Store store) {
        this(config, random, store, new SimpleMeterRegistry());
    }

    /** With everything that is measured in {@code metrics}. */
    public TestServer(ApiServerConfig config, MeterRegistry metrics) {
        this(config, RandomSource.system(), MemoryStore.create(SystemTime.instance()), metrics);
    }

    private TestServer(ApiServerConfig config, RandomSource random, Store store, MeterRegistry metrics) {
        this.metrics = metrics;
        var time = SystemTime.instance();
        this.store = store;
        core = new ApiServerCore(config, store, time, random, metrics);
        core.start();
        await(core::ready);
        post("/api/v1/namespaces", "{'metadata':{'name':'default'}}");
        post(NS + "/serviceaccounts", "{'metadata':{'name':'default'}}");
    }

    public Reply get(String uri) {
        return call("GET", uri, "", Map.of());
    }

    public Reply get(String uri, String accept) {
        return call("GET", uri, "", Map.of("accept", accept));
    }

    public Reply post(String uri, String body) {
        return call("POST", uri, body, Map.of());
    }

    public Reply put(String uri, String body) {
        return call("PUT", uri, body, Map.of());
    }

    public Reply put(String uri, ObjectNode body) {
        return call("PUT", uri, body.toString(), Map.of());
    }

    public Reply patch(String uri, String kind, String body) {
        return call("PATCH", uri, body, Map.of("content-type", "application/" + kind + "-patch+json"));
    }

    /** Server-side apply. */
    public Reply apply(String uri, String body) {
        return call("PATCH", uri, body, Map.of("content-type", "application/apply-patch+yaml"));
    }

    public Reply delete(String uri) {
        return call("DELETE", uri, "", Map.of());
    }

    public Reply delete(String uri, String options) {
        return call("DELETE", uri, options, Map.of());
    }

    public Reply call(String method, String uri, String body, Map<String, String> headers) {
        return reply(answer(method, uri, body, headers));
    }

    /** A body of any encoding, sent as it is. */
    public Reply send(String method, String uri, byte[] body, Map<String, String> headers) {
        return reply(answer(method, uri, body, headers));
    }

    private static Reply reply(ApiResponse answer) {
        return switch (answer) {
            case ApiResponse.Bytes bytes -> new Reply(bytes.status(), headers(bytes), bytes.body());
            case ApiResponse.Streamed streamed -> {
                var all = new ByteArrayOutputStream();
                streamed.body().doOnNext(all::writeBytes).blockLast(PATIENCE);
                yield new Reply(streamed.status(), headers(streamed), all.toByteArray());
            }
            case ApiResponse.Direct direct -> new Reply(direct.status(), headers(direct), new byte[0]);
        };
    }

    /** An answer that may go on for ever. */
    public ApiResponse answer(String method, String uri, String body, Map<String, String> headers) {
        return answer(method, uri, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), headers);
    }

    /** The same with a body of any encoding, sent as it is. */
    public ApiResponse answer(String method, String uri, byte[] bytes, Map<String, String> headers) {
        int question = uri.indexOf('?');
        Map<String, String> all = new HashMap<>(headers);
        all.putIfAbsent("user-agent", "test/1.0");
        return Objects.requireNonNull(core.server()
                .handle(ApiRequest.of(
                        method,
                        question < 0 ? uri : uri.substring(0, question),
                        question < 0 ? null : uri.substring(question + 1),
                        Headers.of(all),
                        bytes.length == 0 ? Mono.empty() : Mono.just(bytes),
                        ADMIN))
                .block(PATIENCE));
    }

    /** The events of a watch, each a document. */
    public Flux<ObjectNode> watch(String uri) {
        var answer = (ApiResponse.Streamed) answer("GET", uri, "", Map.of());
        return answer.body()
                .concatMapIterable(frame ->
                        new String(frame, StandardCharsets.UTF_8).lines().toList())
                .map(line -> (ObjectNode) Json.read(line));
    }

    public static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("condition not met within " + PATIENCE);
            }
            LockSupport.parkNanos(200_000);
        }
    }

    private static Map<String, List<String>> headers(ApiResponse answer) {
        Map<String, List<String>> headers = new HashMap<>();
        for (int i = 0; i < answer.headers().size(); i += 2) {
            headers.computeIfAbsent(answer.headers().get(i), name -> new java.util.ArrayList<>())
                    .add(answer.headers().get(i + 1));
        }
        return headers;
    }

    @Override
    public void close() {
        core.close();
    }
}
