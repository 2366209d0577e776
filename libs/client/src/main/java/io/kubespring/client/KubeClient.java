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
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Access to one API server under one identity. Cheap, immutable, safe for threads; closing the transport is up to who
 * opened it. Every failure that the server answers is a {@link io.kubespring.api.error.StatusException}.
 */
public final class KubeClient {

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

    /** Sends a request and answers once the head is there; a failure's body is read and thrown. */
    Mono<Response> open(String method, String uri, Map<String, String> headers, byte @Nullable [] body) {
        return transport.send(new Request(method, uri, headers, body)).flatMap(response -> {
            if (response.status() < 300) {
                return Mono.just(response);
            }
            return gather(response).flatMap(bytes -> Mono.error(StatusDecoder.decode(response.status(), bytes)));
        });
    }

    static Mono<byte[]> gather(Response response) {
        return response.body()
                .collect(ByteArrayOutputStream::new, (buffer, chunk) -> buffer.write(chunk, 0, chunk.length))
                .map(ByteArrayOutputStream::toByteArray);
    }
}
