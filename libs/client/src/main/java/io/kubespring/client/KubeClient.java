package io.kubespring.client;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.codec.StatusDecoder;
import io.kubespring.client.codec.TreeCodec;
import io.kubespring.client.codec.TypedCodec;
import io.kubespring.client.transport.Transport;
import io.kubespring.client.transport.Transport.Request;
import io.kubespring.client.transport.Transport.Response;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Access to one API server under one identity. Cheap, immutable, safe for threads; closing the transport is up to who
 * opened it. Every failure that the server answers is a {@link io.kubespring.api.error.StatusException}.
 */
public final class KubeClient {

    private static final int MAX_REPETITIONS = 10;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Transport transport;
    private final TimeSource time;

    private KubeClient(Transport transport, TimeSource time) {
        this.transport = transport;
        this.time = time;
    }

    public static KubeClient over(Transport transport, TimeSource time) {
        return new KubeClient(transport, time);
    }

    /** The clock that informers and electors on this client go by. */
    public TimeSource time() {
        return time;
    }

    /** Typed access, across all namespaces until {@link Resources#inNamespace}. */
    public <T extends HasMetadata> Resources<T> resources(Class<T> type) {
        return new Resources<>(this, ApiResource.of(type), new TypedCodec<>(type), "", "application/json");
    }

    /** Untyped access. */
    public Resources<ObjectNode> trees(ApiResource resource) {
        return new Resources<>(this, resource, new TreeCodec(resource.kind()), "", "application/json");
    }

    /**
     * Untyped access that asks for metadata only (PartialObjectMetadata); a server that cannot answers whole objects.
     */
    public Resources<ObjectNode> metadata(ApiResource resource) {
        return new Resources<>(
                this,
                resource,
                new TreeCodec(resource.kind()),
                "",
                "application/json;as=PartialObjectMetadata%s;g=meta.k8s.io;v=v1,application/json");
    }

    /** Sends any request and gathers the answer; for paths that are no resources ("/healthz", "…/proxy/…"). */
    public Mono<byte[]> call(String method, String uri, Map<String, String> headers, byte @Nullable [] body) {
        return open(method, uri, headers, body).flatMap(KubeClient::gather);
    }

    /**
     * Sends a request and answers once the head is there; a failure's body is read and thrown. Where a busy (429) or
     * failing (5xx) server says after how many seconds to ask again, it is asked again, ten times as client-go does; but
     * nobody waits for more than a minute at once.
     */
    Mono<Response> open(String method, String uri, Map<String, String> headers, byte @Nullable [] body) {
        return attempt(new Request(method, uri, headers, body), 0);
    }

    private Mono<Response> attempt(Request request, int repetitions) {
        return transport.send(request).flatMap(response -> {
            if (response.status() < 300) {
                return Mono.just(response);
            }
            Duration wait = retryAfter(response);
            if (wait != null && repetitions < MAX_REPETITIONS) {
                return response.body().then(after(wait)).then(Mono.defer(() -> attempt(request, repetitions + 1)));
            }
            return gather(response).flatMap(bytes -> Mono.error(StatusDecoder.decode(response.status(), bytes)));
        });
    }

    private static @Nullable Duration retryAfter(Response response) {
        String seconds = response.headers().get("retry-after");
        if (seconds == null || !(response.status() == 429 || response.status() >= 500)) {
            return null;
        }
        try {
            Duration asked = Duration.ofSeconds(Integer.parseInt(seconds.strip()));
            return asked.isNegative() || asked.compareTo(LONGEST_WAIT) > 0 ? null : asked;
        } catch (NumberFormatException date) {
            return null;
        }
    }

    private Mono<Void> after(Duration delay) {
        return Mono.create(sink ->
                sink.onDispose(time.schedule(delay, () -> transport.later().execute(sink::success))::cancel));
    }

    static Mono<byte[]> gather(Response response) {
        return response.body()
                .collect(ByteArrayOutputStream::new, (buffer, chunk) -> buffer.write(chunk, 0, chunk.length))
                .map(ByteArrayOutputStream::toByteArray);
    }
}
