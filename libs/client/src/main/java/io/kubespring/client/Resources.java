package io.kubespring.client;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import io.kubespring.client.codec.ObjectCodec;
import io.kubespring.client.codec.WatchDecoder;
import io.kubespring.client.codec.WatchEvent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects of one resource. Nothing is sent before a returned publisher is subscribed; on a virtual thread
 * {@code block()} is the natural way to wait.
 *
 * @param <T> how objects are represented
 */
public final class Resources<T> {

    private final KubeClient client;
    private final ApiResource resource;
    private final ObjectCodec<T> codec;
    private final String namespace;
    private final String accept;

    Resources(KubeClient client, ApiResource resource, ObjectCodec<T> codec, String namespace, String accept) {
        this.client = client;
        this.resource = resource;
        this.codec = codec;
        this.namespace = namespace;
        this.accept = accept;
    }

    public ApiResource resource() {
        return resource;
    }

    public ObjectCodec<T> codec() {
        return codec;
    }

    public KubeClient client() {
        return client;
    }

    /** The same resource, in one namespace; ignored by cluster-scoped resources. */
    public Resources<T> inNamespace(@Nullable String name) {
        return new Resources<>(client, resource, codec, name == null ? "" : name, accept);
    }

    /** Fails with 404 where there is none. */
    public Mono<T> get(String name) {
        return send("GET", item(name), null, null).map(codec::read);
    }

    /** Empty where there is none. */
    public Mono<T> find(String name) {
        return get(name)
                .onErrorResume(
                        StatusException.class,
                        error -> error.reason() == StatusReason.NOT_FOUND ? Mono.empty() : Mono.error(error));
    }

    /** One page, or everything where the options have no limit. */
    public Mono<ObjectList<T>> list(ListOptions options) {
        String uri = resource.path(namespace) + options.query(false);
        return client.call("GET", uri, Map.of("accept", accept.formatted("List")), null)
                .map(this::readList);
    }

    public Mono<ObjectList<T>> list() {
        return list(ListOptions.ALL);
    }

    /**
     * Changes after the options' resourceVersion. Honours back-pressure; ends when the server ends it; fails with 410
     * when the version is too old.
     */
    public Flux<WatchEvent<T>> watch(ListOptions options) {
        String uri = resource.path(namespace) + options.query(true);
        return client.open("GET", uri, Map.of("accept", accept.formatted("")), null)
                .flatMapMany(response -> WatchDecoder.decode(response.body(), codec));
    }

    public Mono<T> create(T object) {
        String uri = resource.path(namespaceOf(object));
        return send("POST", uri, "application/json", codec.write(object)).map(codec::read);
    }

    /** Posts to a subresource of {@code name} (binding, eviction, token) and answers what the server says. */
    public Mono<JsonNode> createSubresource(String name, String subresource, Object body) {
        return send("POST", item(name) + "/" + subresource, "application/json", Json.write(body))
                .map(bytes -> Json.mapper().readTree(bytes));
    }

    /** Replaces the object; its resourceVersion, where it has one, must be current. */
    public Mono<T> update(T object) {
        return put(object, "");
    }

    public Mono<T> updateStatus(T object) {
        return put(object, "/status");
    }

    /** Replaces a subresource whose body is an object of this kind ("finalize", "ephemeralcontainers"). */
    public Mono<T> updateSubresource(T object, String subresource) {
        return put(object, "/" + subresource);
    }

    public Mono<T> patch(String name, PatchType type, Object patch) {
        return send("PATCH", item(name), type.mediaType(), Json.write(patch)).map(codec::read);
    }

    public Mono<T> patchStatus(String name, PatchType type, Object patch) {
        return send("PATCH", item(name) + "/status", type.mediaType(), Json.write(patch))
                .map(codec::read);
    }

    /** Server-side apply. {@code object} states only what {@code manager} owns. */
    public Mono<T> apply(T object, String manager, boolean force) {
        return apply(object, "", manager, force);
    }

    public Mono<T> applyStatus(T object, String manager, boolean force) {
        return apply(object, "/status", manager, force);
    }

    private Mono<T> apply(T object, String subresource, String manager, boolean force) {
        String uri = resource.path(namespaceOf(object)) + "/" + codec.name(object) + subresource + "?fieldManager="
                + encode(manager) + "&force=" + force;
        return send("PATCH", uri, PatchType.APPLY.mediaType(), codec.write(object))
                .map(codec::read);
    }

    /** Completes when the server has accepted the deletion, which graceful deletion and finalizers may delay. */
    public Mono<Void> delete(String name, DeleteOptions options) {
        return send("DELETE", item(name), "application/json", options.body()).then();
    }

    public Mono<Void> delete(String name) {
        return delete(name, DeleteOptions.DEFAULT);
    }

    /** Deletes everything that the list options select. */
    public Mono<Void> deleteCollection(ListOptions selection, DeleteOptions options) {
        String uri = resource.path(namespace) + selection.query(false);
        return send("DELETE", uri, "application/json", options.body()).then();
    }

    private Mono<T> put(T object, String subresource) {
        String uri = resource.path(namespaceOf(object)) + "/" + codec.name(object) + subresource;
        return send("PUT", uri, "application/json", codec.write(object)).map(codec::read);
    }

    private Mono<byte[]> send(String method, String uri, @Nullable String contentType, byte @Nullable [] body) {
        var headers = new HashMap<String, String>();
        headers.put("accept", accept.formatted(""));
        if (contentType != null) {
            headers.put("content-type", contentType);
        }
        return client.call(method, uri, headers, body);
    }

    private String namespaceOf(T object) {
        return namespace.isEmpty() ? codec.namespace(object) : namespace;
    }

    private String item(String name) {
        return resource.path(namespace) + "/" + encode(name);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private ObjectList<T> readList(byte[] bytes) {
        ObjectNode list = Json.readObject(bytes);
        JsonNode metadata = list.path("metadata");
        var items = new ArrayList<T>(list.path("items").size());
        String kind = list.path("kind").asString("");
        String itemKind = kind.endsWith("List") ? kind.substring(0, kind.length() - "List".length()) : "";
        for (JsonNode item : list.path("items")) {
            // In a list of one kind the items do not say what they are.
            if (!itemKind.isEmpty() && item instanceof ObjectNode object && !object.has("kind")) {
                object.put("kind", itemKind)
                        .put("apiVersion", list.path("apiVersion").asString(""));
            }
            items.add(codec.fromTree(item));
        }
        return new ObjectList<>(
                items,
                metadata.path("resourceVersion").asString(""),
                metadata.path("continue").asString(""));
    }
}
