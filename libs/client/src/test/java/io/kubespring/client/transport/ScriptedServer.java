package io.kubespring.client.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A server that answers as a test says: lists from a script, the last of which stays, and watches that the test feeds, ends
 * and breaks.
 */
public final class ScriptedServer implements Transport {

    private final List<String> uris = new ArrayList<>();
    private final ArrayDeque<Response> lists = new ArrayDeque<>();
    private Response list = answer(404, status(404, "NotFound"));
    private final ArrayDeque<Response> watches = new ArrayDeque<>();
    private Sinks.Many<byte[]> watch = Sinks.many().unicast().onBackpressureBuffer();
    private boolean watched;

    public static Response answer(int status, String body) {
        return new Response(status, Map.of(), Flux.just(body.getBytes(StandardCharsets.UTF_8)));
    }

    public static String status(int code, String reason) {
        return "{\"kind\":\"Status\",\"code\":%d,\"reason\":\"%s\",\"message\":\"%s\"}".formatted(code, reason, reason);
    }

    /** A ConfigMap. */
    public static String map(String name, int version) {
        return ("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"namespace\":\"ns\",\"name\":\"%s\","
                        + "\"resourceVersion\":\"%d\"},\"data\":{\"v\":\"%d\"}}")
                .formatted(name, version, version);
    }

    public ScriptedServer list(int version, String... items) {
        return listPage(version, "", items);
    }

    public ScriptedServer listPage(int version, String token, String... items) {
        return list(answer(
                200,
                "{\"kind\":\"ConfigMapList\",\"metadata\":{\"resourceVersion\":\"%d\",\"continue\":\"%s\"},\"items\":[%s]}"
                        .formatted(version, token, String.join(",", items))));
    }

    public ScriptedServer list(Response answer) {
        lists.add(answer);
        return this;
    }

    /** The next watches fail so, the last always, until {@link #acceptWatches}. */
    public void refuseWatch(Response answer) {
        watches.add(answer);
    }

    public void acceptWatches() {
        watches.clear();
    }

    public void event(String type, String object) {
        send("{\"type\":\"" + type + "\",\"object\":" + object + "}\n");
    }

    public void send(String chunk) {
        watch.tryEmitNext(chunk.getBytes(StandardCharsets.UTF_8)).orThrow();
    }

    public void endWatch() {
        watch.tryEmitComplete().orThrow();
    }

    public void breakWatch(Throwable failure) {
        watch.tryEmitError(failure).orThrow();
    }

    /** Whether somebody reads the watch. */
    public boolean watched() {
        return watched;
    }

    public List<String> uris() {
        return uris;
    }

    public long requests(boolean watching) {
        return uris.stream()
                .filter(uri -> uri.contains("watch=true") == watching)
                .count();
    }

    @Override
    public Mono<Response> send(Request request) {
        return Mono.fromSupplier(() -> {
            uris.add(request.uri());
            if (!request.uri().contains("watch=true")) {
                Response next = lists.poll();
                list = next == null ? list : next;
                return list;
            }
            if (!watches.isEmpty()) {
                return watches.size() > 1 ? watches.removeFirst() : watches.getFirst();
            }
            watch = Sinks.many().unicast().onBackpressureBuffer();
            watched = true;
            return new Response(200, Map.of(), watch.asFlux().doFinally(end -> watched = false));
        });
    }

    @Override
    public void close() {}
}
