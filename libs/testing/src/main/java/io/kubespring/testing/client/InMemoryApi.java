package io.kubespring.testing.client;

import io.kubespring.api.GroupResource;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An API server for tests: CRUD, patches, list and watch with selectors on trees of every built-in resource, with
 * optimistic concurrency, generation, graceful deletion of Pods, finalizers and propagation policies. Neither defaults
 * nor validates; status is separate only where the resource has that subresource. Answers on the calling thread.
 */
public final class InMemoryApi implements Transport {

    private record Change(
            long revision,
            String type,
            ResourceType of,
            ObjectNode object,
            @Nullable ObjectNode before) {}

    private record Watcher(Route route, FluxSink<byte[]> sink) {}

    private static final List<String> HEALTH = List.of("/livez", "/readyz", "/healthz");

    private final Catalog catalog;
    private final TimeSource time;
    private final RandomSource random;
    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final List<Change> history = new ArrayList<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Function<Request, @Nullable StatusException>> faults = new CopyOnWriteArrayList<>();
    private long revision = 1;
    private long compacted;

    public InMemoryApi(TimeSource time, RandomSource random) {
        this.catalog = Catalog.builtIn();
        this.time = time;
        this.random = random;
    }

    /** Requests so far, for tests that count. */
    public List<Request> requests() {
        return requests;
    }

    /** @param fault answers an error for a request that shall fail, else null */
    public void addFault(Function<Request, @Nullable StatusException> fault) {
        faults.add(fault);
    }

    public void clearFaults() {
        faults.clear();
    }

    /** Ends every watch; those that resume from before now are too old. */
    public synchronized void expireWatches() {
        compacted = revision;
        history.clear();
        var open = List.copyOf(watchers);
        watchers.clear();
        open.forEach(watcher -> watcher.sink.complete());
    }

    @Override
    public Mono<Response> send(Request request) {
        return Mono.fromSupplier(() -> answer(request));
    }

    private synchronized Response answer(Request request) {
        requests.add(request);
        try {
            for (var fault : faults) {
                StatusException failure = fault.apply(request);
                if (failure != null) {
                    throw failure;
                }
            }
            if (HEALTH.contains(request.uri())) {
                return new Response(200, Map.of(), Flux.just("ok".getBytes(StandardCharsets.UTF_8)));
            }
            Route route = Route.of(request, catalog);
            if (route == null) {
                throw new StatusException(StatusReason.NOT_FOUND, "the server could not find the requested resource");
            }
            if (route.watch()) {
                return watch(route);
            }
            return ok(
                    switch (request.method()) {
                        case "GET" ->
                            route.name().isEmpty() ? list(route) : get(route).deepCopy();
                        case "POST" -> post(route, body(request));
                        case "PUT" -> put(route, body(request));
                        case "PATCH" -> patch(route, request);
                        case "DELETE" -> delete(route, body(request));
                        default -> throw new StatusException(StatusReason.METHOD_NOT_ALLOWED, request.method());
                    });
        } catch (StatusException failure) {
            return new Response(failure.code(), Map.of(), Flux.just(Json.write(failure.toStatus())));
        }
    }

    private static Response ok(JsonNode body) {
        return new Response(200, Map.of("content-type", "application/json"), Flux.just(Json.write(body)));
    }

    private static ObjectNode body(Request request) {
        return request.body() == null ? Json.object() : Json.readObject(request.body());
    }

    private ObjectNode get(Route route) {
        ObjectNode found = objects.get(route.key());
        if (found == null) {
            throw StatusException.notFound(route.type().groupResource(), route.name());
        }
        return found;
    }

    private List<ObjectNode> select(Route route) {
        Predicate<JsonNode> filter = filter(route);
        String prefix =
                route.type().groupResource() + "|" + (route.namespace().isEmpty() ? "" : route.namespace() + "/");
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix) && filter.test(entry.getValue()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static Predicate<JsonNode> filter(Route route) {
        Predicate<JsonNode> inNamespace = object -> route.namespace().isEmpty()
                || object.path("metadata").path("namespace").asString("").equals(route.namespace());
        return inNamespace
                .and(Selection.labels(route.query().get("labelSelector")))
                .and(Selection.fields(route.query().get("fieldSelector")));
    }

    private ObjectNode list(Route route) {
        ObjectNode list = Json.object()
                .put("kind", route.type().listKind())
                .put("apiVersion", route.type().apiVersion());
        list.putObject("metadata").put("resourceVersion", Long.toString(revision));
        var items = list.putArray("items");
        select(route).forEach(items::add);
        return list;
    }

    private Response watch(Route route) {
        long from = Long.parseLong(route.query().getOrDefault("resourceVersion", "0"));
        if (from < compacted) {
            throw StatusException.expired("too old resource version: " + from + " (" + compacted + ")");
        }
        Flux<byte[]> body = Flux.create(sink -> {
            synchronized (this) {
                var watcher = new Watcher(route, sink);
                history.stream().filter(change -> change.revision > from).forEach(change -> deliver(watcher, change));
                watchers.add(watcher);
                sink.onDispose(() -> watchers.remove(watcher));
            }
        });
        return new Response(200, Map.of(), body);
    }

    private static void deliver(Watcher watcher, Change change) {
        if (!change.of.groupResource().equals(watcher.route.type().groupResource())) {
            return;
        }
        Predicate<JsonNode> filter = filter(watcher.route);
        boolean now = !change.type.equals("DELETED") && filter.test(change.object);
        boolean before = change.before != null && filter.test(change.before);
        if (!now && !before) {
            return;
        }
        ObjectNode event = Json.object().put("type", now ? before ? "MODIFIED" : "ADDED" : "DELETED");
        event.set("object", change.object);
        watcher.sink.next((event + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode post(Route route, ObjectNode body) {
        if (route.subresource().equals("binding")) {
            return bind(route, body);
        }
        if (route.subresource().equals("eviction")) {
            return delete(new Route(route.type(), route.namespace(), route.name(), "", route.query()), body);
        }
        ObjectNode metadata = metadata(body);
        if (!metadata.has("name")) {
            metadata.put("name", metadata.path("generateName").asString("") + random.nameSuffix(5));
        }
        Route target =
                new Route(route.type(), route.namespace(), metadata.path("name").asString(), "", route.query());
        if (objects.containsKey(target.key())) {
            throw StatusException.alreadyExists(route.type().groupResource(), target.name());
        }
        if (route.type().namespaced()) {
            metadata.put("namespace", route.namespace());
        }
        metadata.put("uid", random.uuid().toString());
        metadata.put("creationTimestamp", time.now().toString()).put("generation", 1);
        return store(target, body, null);
    }

    private ObjectNode bind(Route route, ObjectNode binding) {
        ObjectNode pod = get(route).deepCopy();
        if (pod.path("spec").has("nodeName")) {
            throw StatusException.conflict(
                    route.type().groupResource(), route.name(), "pod is already assigned to node");
        }
        ((ObjectNode) pod.path("spec"))
                .put("nodeName", binding.path("target").path("name").asString());
        return store(route, pod, objects.get(route.key()));
    }

    private ObjectNode put(Route route, ObjectNode body) {
        ObjectNode current = get(route);
        String version = metadata(body).path("resourceVersion").asString("");
        if (!version.isEmpty() && !version.equals(version(current))) {
            throw StatusException.modified(route.type().groupResource(), route.name());
        }
        return replace(route, current, body);
    }

    private ObjectNode patch(Route route, Request request) {
        String mediaType = request.headers().getOrDefault("content-type", "");
        JsonNode patch = Json.mapper().readTree(request.body());
        if (mediaType.startsWith("application/apply-patch") && !objects.containsKey(route.key())) {
            return post(new Route(route.type(), route.namespace(), "", "", route.query()), (ObjectNode) patch);
        }
        ObjectNode current = get(route);
        ObjectNode next = current.deepCopy();
        if (mediaType.startsWith("application/json-patch")) {
            if (!Patches.json(next, patch)) {
                throw new StatusException(StatusReason.INVALID, "the server rejected our request: test failed");
            }
        } else {
            Patches.merge(next, patch, !mediaType.startsWith("application/merge-patch"));
        }
        String uid = patch.path("metadata").path("uid").asString("");
        if (!uid.isEmpty() && !uid.equals(metadata(current).path("uid").asString())) {
            throw StatusException.conflict(
                    route.type().groupResource(), route.name(), "Precondition failed: UID in precondition: " + uid);
        }
        if (!version(next).equals(version(current))) {
            throw StatusException.modified(route.type().groupResource(), route.name());
        }
        return replace(route, current, next);
    }

    private ObjectNode replace(Route route, ObjectNode current, ObjectNode next) {
        ObjectNode result = next.deepCopy();
        if (route.subresource().equals("status")) {
            result = current.deepCopy();
            copy(next, result, "status");
        } else if (route.type().subresource("status") != null) {
            copy(current, result, "status");
        }
        for (String kept : List.of("uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds")) {
            copy(metadata(current), metadata(result), kept);
        }
        boolean changed = !result.path("spec").equals(current.path("spec"));
        int generation = metadata(current).path("generation").asInt(1);
        metadata(result).put("generation", changed ? generation + 1 : generation);
        metadata(result).put("resourceVersion", version(current));
        if (result.equals(current)) {
            return current.deepCopy();
        }
        if (finished(result)) {
            return remove(route, result);
        }
        return store(route, result, current);
    }

    private static boolean finished(ObjectNode object) {
        boolean graceful = object.path("kind").asString("").equals("Pod")
                && metadata(object).path("deletionGracePeriodSeconds").asLong(0) > 0;
        boolean namespace = object.path("kind").asString("").equals("Namespace")
                && !object.path("spec").path("finalizers").isEmpty();
        return metadata(object).has("deletionTimestamp")
                && metadata(object).path("finalizers").isEmpty()
                && !graceful
                && !namespace;
    }

    private ObjectNode delete(Route route, ObjectNode options) {
        if (route.name().isEmpty()) {
            for (ObjectNode object : select(route)) {
                deleteOne(
                        new Route(
                                route.type(),
                                metadata(object).path("namespace").asString(""),
                                metadata(object).path("name").asString(),
                                "",
                                route.query()),
                        options);
            }
            return Json.object().put("kind", "Status").put("status", "Success");
        }
        return deleteOne(route, options);
    }

    private ObjectNode deleteOne(Route route, ObjectNode options) {
        ObjectNode current = get(route);
        String uid = options.path("preconditions").path("uid").asString("");
        String version = options.path("preconditions").path("resourceVersion").asString("");
        if (!uid.isEmpty() && !uid.equals(metadata(current).path("uid").asString())
                || !version.isEmpty() && !version.equals(version(current))) {
            throw StatusException.conflict(route.type().groupResource(), route.name(), "Precondition failed");
        }
        ObjectNode next = current.deepCopy();
        addFinalizer(next, options.path("propagationPolicy").asString(""));
        boolean pod = route.type().groupResource().equals(new GroupResource("", "pods"))
                && current.path("spec").has("nodeName");
        long grace = pod ? options.path("gracePeriodSeconds").asLong(30) : 0;
        if (!metadata(next).has("deletionTimestamp")) {
            metadata(next)
                    .put("deletionTimestamp", time.now().plusSeconds(grace).toString());
        }
        metadata(next).put("deletionGracePeriodSeconds", grace);
        if (next.path("kind").asString("").equals("Namespace")
                && next.path("status").isObject()) {
            ((ObjectNode) next.path("status")).put("phase", "Terminating");
        }
        return finished(next) ? remove(route, next) : store(route, next, current);
    }

    private static void addFinalizer(ObjectNode object, String policy) {
        String finalizer = switch (policy) {
            case "Foreground" -> "foregroundDeletion";
            case "Orphan" -> "orphan";
            default -> "";
        };
        if (!finalizer.isEmpty()) {
            metadata(object).withArray("finalizers").add(finalizer);
        }
    }

    /** Puts an object as it is, status included, creating or replacing it; as a test's arrangement. */
    public synchronized ObjectNode put(Object object) {
        ObjectNode tree = Json.readObject(Json.write(object));
        String apiVersion = tree.path("apiVersion").asString();
        ResourceType type = catalog.byKind(io.kubespring.api.GroupVersionKind.of(
                apiVersion, tree.path("kind").asString()));
        if (type == null) {
            throw new IllegalArgumentException("no such kind: " + apiVersion + " " + tree.path("kind"));
        }
        ObjectNode metadata = metadata(tree);
        if (type.namespaced() && !metadata.has("namespace")) {
            metadata.put("namespace", "default");
        }
        Route route = new Route(
                type,
                metadata.path("namespace").asString(""),
                metadata.path("name").asString(),
                "",
                Map.of());
        ObjectNode before = objects.get(route.key());
        if (!metadata.has("uid")) {
            metadata.put(
                    "uid",
                    before == null
                            ? random.uuid().toString()
                            : metadata(before).path("uid").asString());
        }
        if (!metadata.has("creationTimestamp")) {
            metadata.put("creationTimestamp", time.now().toString());
        }
        return store(route, tree, before);
    }

    private ObjectNode store(Route route, ObjectNode object, @Nullable ObjectNode before) {
        object.put("apiVersion", route.type().apiVersion())
                .put("kind", route.type().kind().kind());
        metadata(object).put("resourceVersion", Long.toString(++revision));
        objects.put(route.key(), object);
        publish(new Change(revision, "CHANGED", route.type(), object, before));
        return object.deepCopy();
    }

    private ObjectNode remove(Route route, ObjectNode last) {
        ObjectNode before = objects.remove(route.key());
        ObjectNode gone = last.deepCopy();
        metadata(gone).put("resourceVersion", Long.toString(++revision));
        publish(new Change(revision, "DELETED", route.type(), gone, before));
        return gone;
    }

    private void publish(Change change) {
        history.add(change);
        watchers.forEach(watcher -> deliver(watcher, change));
    }

    private static ObjectNode metadata(ObjectNode object) {
        return object.get("metadata") instanceof ObjectNode metadata ? metadata : object.putObject("metadata");
    }

    private static String version(ObjectNode object) {
        return metadata(object).path("resourceVersion").asString("");
    }

    private static void copy(ObjectNode from, ObjectNode to, String field) {
        JsonNode value = from.get(field);
        if (value == null) {
            to.remove(field);
        } else {
            to.set(field, value.deepCopy());
        }
    }

    @Override
    public void close() {
        expireWatches();
    }
}
