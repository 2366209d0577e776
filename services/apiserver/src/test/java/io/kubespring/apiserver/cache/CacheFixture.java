package io.kubespring.apiserver.cache;

import io.kubespring.api.GroupResource;
import io.kubespring.api.json.Json;
import io.kubespring.api.time.ManualTime;
import io.kubespring.storage.Store;
import io.kubespring.storage.history.HistoryLimits;
import io.kubespring.storage.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import tools.jackson.databind.node.ObjectNode;

/** A memory store, a watch cache of Pods over it, and a clock that stands still. Everything runs on the caller's thread. */
final class CacheFixture implements AutoCloseable {

    static final FrameEncoder JSON = new JsonFrameEncoder("v1", "Pod");
    static final SelectableFields PODS = BuiltInSelectableFields.of(new GroupResource("", "pods"));

    final ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
    final Store store;
    final EncodedForms encoded = new EncodedForms(1 << 20);
    final WatchCache cache;

    CacheFixture() {
        this(HistoryLimits.DEFAULT);
    }

    CacheFixture(HistoryLimits limits) {
        store = MemoryStore.create(time);
        cache = new WatchCache(store, "/registry/pods", PODS, limits, time, Runnable::run, encoded);
    }

    static String key(String namespace, String name) {
        return "/registry/pods/" + namespace + "/" + name;
    }

    static ObjectNode pod(String namespace, String name, String nodeName, String app) {
        ObjectNode pod = Json.object();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata").put("name", name).put("namespace", namespace);
        metadata.put("resourceVersion", "not this").putObject("labels").put("app", app);
        pod.putObject("spec").put("nodeName", nodeName);
        return pod;
    }

    long create(String namespace, String name, String nodeName, String app) {
        byte[] value = StoredObject.encode(pod(namespace, name, nodeName, app));
        return store.create(key(namespace, name), value, null).join();
    }

    long update(String namespace, String name, String nodeName, String app) {
        byte[] value = StoredObject.encode(pod(namespace, name, nodeName, app));
        long expected = store.get(key(namespace, name)).join().revision();
        return store.update(key(namespace, name), value, expected, null).join();
    }

    long delete(String namespace, String name) {
        long expected = store.get(key(namespace, name)).join().revision();
        return store.delete(key(namespace, name), expected).join();
    }

    /** What a watcher has received, as "TYPE name@resourceVersion". */
    static final class Received {
        final List<String> events = new ArrayList<>();
        final List<byte[]> frames = new ArrayList<>();

        @Nullable
        Throwable error;

        boolean completed;
        Disposable subscription = () -> {};
    }

    Received watch(long from, Selection selection) {
        return watch(new WatchRequest(from, selection, false, false, JSON));
    }

    Received watch(WatchRequest request) {
        var received = new Received();
        received.subscription = cache.watch(request)
                .subscribe(
                        batch -> batch.frames().forEach(frame -> {
                            received.frames.add(frame);
                            received.events.add(describe(frame));
                        }),
                        error -> received.error = error,
                        () -> received.completed = true);
        return received;
    }

    static String describe(byte[] frame) {
        ObjectNode event = Json.readObject(frame);
        var metadata = event.get("object").get("metadata");
        String end = new String(frame, StandardCharsets.UTF_8).contains("initial-events-end") ? " end" : "";
        return event.get("type").asString() + " " + metadata.path("name").asString("") + "@"
                + metadata.get("resourceVersion").asString() + end;
    }

    @Override
    public void close() {
        cache.close();
        store.close();
    }
}
