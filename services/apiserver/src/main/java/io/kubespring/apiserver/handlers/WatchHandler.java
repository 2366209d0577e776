package io.kubespring.apiserver.handlers;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.cache.FrameEncoder;
import io.kubespring.apiserver.cache.JsonFrameEncoder;
import io.kubespring.apiserver.cache.Selection;
import io.kubespring.apiserver.cache.WatchCache;
import io.kubespring.apiserver.cache.WatchRequest;
import io.kubespring.apiserver.encoding.AnswerEncoder;
import io.kubespring.apiserver.encoding.Encodings;
import io.kubespring.apiserver.encoding.EventFraming;
import io.kubespring.apiserver.encoding.FormFrames;
import io.kubespring.apiserver.encoding.ObjectForm;
import io.kubespring.apiserver.metrics.WatchMetrics;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.ListOptions;
import io.kubespring.apiserver.request.Representation;
import io.kubespring.apiserver.request.Representation.Shape;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * GET with {@code watch=true}: a stream of events, one JSON document a line. Ends after the client's timeout, or a random
 * time (30 to 60 minutes by default) so that clients spread over servers. A start that is too old is an ERROR event, as upstream sends it.
 */
public final class WatchHandler implements VerbHandler {

    private final ResourceCaches caches;
    private final Tables tables;
    private final Encodings encodings;
    private final TimeSource time;
    private final RandomSource random;
    private final WatchMetrics metrics;
    private final JoinedFrames joined = new JoinedFrames();
    private final int minTimeoutSeconds;

    /** @param minTimeout of a watch that asks for none, which lasts up to twice as long */
    public WatchHandler(
            ResourceCaches caches,
            Tables tables,
            Encodings encodings,
            TimeSource time,
            RandomSource random,
            Duration minTimeout,
            WatchMetrics metrics) {
        this.metrics = metrics;
        minTimeoutSeconds = (int) Math.clamp(minTimeout.toSeconds(), 1, Integer.MAX_VALUE);
        this.caches = caches;
        this.tables = tables;
        this.encodings = encodings;
        this.time = time;
        this.random = random;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        var representation = call.accepted().watch();
        ListOptions options = ListOptions.parse(call.request().query(), true);
        Selection selection = Selections.of(call, options);
        FrameEncoder encoder = encoder(call, representation);
        WatchCache cache = caches.of(call.type());
        WatchMetrics.Sent sent = metrics.of(call.type());
        Flux<byte[]> frames = start(options, options.watchRevision(), cache)
                .flatMapMany(revision -> cache.watch(new WatchRequest(
                        revision,
                        selection,
                        options.allowWatchBookmarks(),
                        options.startsWithState(),
                        encoder,
                        call.request().initialized())))
                .map(batch -> {
                    sent.count(batch.frames());
                    return joined.of(batch.frames());
                })
                .takeUntilOther(timeout(options))
                .onErrorResume(StatusException.class, failure -> Flux.just(errorFrame(representation, failure)));
        String contentType = representation.encoding().streamMediaType();
        return Mono.just(new ApiResponse.Streamed(200, contentType, List.of(), frames, true));
    }

    /** Where it starts: without a version at the newest, and at "0" wherever the cache is. */
    private static Mono<Long> start(ListOptions options, long asked, WatchCache cache) {
        if (options.resourceVersion().isEmpty()) {
            return Mono.fromFuture(cache::newestRevision);
        }
        return Mono.just(
                asked == 0 && !options.startsWithState() ? cache.snapshot().revision() : asked);
    }

    private FrameEncoder encoder(Call call, Representation representation) {
        if (Versions.asStored(call, representation)) {
            return new JsonFrameEncoder(
                    call.type().apiVersion(), call.type().kind().kind());
        }
        if (representation.shape() == Shape.TABLE) {
            Tables.include(call);
            return new TableFrames(call, representation, tables);
        }
        return new FormFrames(ObjectForm.of(call.type(), representation), encodings);
    }

    private Mono<Boolean> timeout(ListOptions options) {
        Long asked = options.timeoutSeconds();
        long seconds = asked != null && asked > 0 ? asked : minTimeoutSeconds + random.nextInt(minTimeoutSeconds);
        return Mono.create(sink -> {
            var timer = time.schedule(Duration.ofSeconds(seconds), () -> sink.success(true));
            sink.onDispose(timer::cancel);
        });
    }

    private static byte[] errorFrame(Representation representation, StatusException failure) {
        return EventFraming.frame(
                representation.encoding(),
                "ERROR",
                AnswerEncoder.document(Json.write(failure.toStatus()), representation.encoding()));
    }
}
