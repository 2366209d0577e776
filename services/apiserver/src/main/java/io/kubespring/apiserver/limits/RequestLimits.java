package io.kubespring.apiserver.limits;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.flowcontrol.Gate;
import io.kubespring.apiserver.flowcontrol.LongRunning;
import io.kubespring.apiserver.flowcontrol.Ticket;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.QueryParameters;
import io.kubespring.apiserver.request.RequestInfo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What stands between authentication and authorization: a deadline for what is not long-running, and the gate. A request
 * waits at its gate for a quarter of its time at most. Nothing here blocks a thread.
 */
public final class RequestLimits implements AutoCloseable {

    private static final long LONGEST_WAIT = TimeUnit.MINUTES.toNanos(1);

    /** Is told what becomes of requests here. */
    public interface Observer {

        /** Nobody is told. */
        Observer NONE = new Observer() {
            @Override
            public void terminated(RequestInfo info, int code) {}

            @Override
            public void waits(RequestInfo info, boolean begins) {}
        };

        /** One was turned away (429) or cut off (504). */
        void terminated(RequestInfo info, int code);

        /** One begins to wait in a queue, or does not any more. */
        void waits(RequestInfo info, boolean begins);
    }

    private final Gate gate;
    private final TimeSource time;
    private final Observer observer;
    private final Deadlines deadlines;
    private final RequestTimeout timeouts;
    private final long watchWait;

    public RequestLimits(Gate gate, Duration requestTimeout, TimeSource time, Observer observer) {
        this.observer = observer;
        this.gate = gate;
        this.time = time;
        deadlines = new Deadlines(time);
        timeouts = new RequestTimeout(requestTimeout);
        watchWait = requestTimeout.toNanos() / 4;
    }

    /** What of a request differs between transports. */
    public interface Request<T> {

        /**
         * Executes it. The callee finishes the ticket when everything is answered; a watch's as soon as it has sent what
         * it starts with.
         */
        Mono<T> execute(Ticket ticket);

        /** Answers instead of executing. */
        Mono<T> refuse(ApiResponse answer);

        /** Where a request goes on that had to wait. */
        Executor continuation();
    }

    /** Fails with a StatusException where the deadline comes first, or the request asks for a nonsensical one. */
    public <T> Mono<T> admit(RequestInfo info, QueryParameters query, UserInfo user, Request<T> request) {
        boolean watch = info.verb().equals("watch");
        if (!watch && LongRunning.is(info)) {
            return request.execute(Ticket.UNLIMITED);
        }
        if (watch) {
            return seat(gate.arrive(info, query, user), info, watchWait, request);
        }
        long allowed;
        try {
            allowed = timeouts.nanos(query);
        } catch (StatusException malformed) {
            return Mono.error(malformed);
        }
        Mono<T> seated = seat(gate.arrive(info, query, user), info, allowed / 4, request);
        return new TimeLimited<>(seated, deadlines, time.nanoTime() + allowed, () -> {
            observer.terminated(info, 504);
            return RequestTimeout.exceeded();
        });
    }

    /** The rest of an answer that outlives its request's own Mono, under the same deadline. */
    public Flux<byte[]> limited(Flux<byte[]> body, QueryParameters query) {
        return Flux.defer(() -> {
            long at = time.nanoTime() + timeouts.nanos(query);
            Mono<Void> late = Mono.create(sink -> {
                var deadline = deadlines.at(at, () -> sink.error(RequestTimeout.exceeded()));
                sink.onDispose(deadline::met);
            });
            return body.takeUntilOther(late);
        });
    }

    /** Frees a seat at the latest when a request's time is over, whatever becomes of its answer. */
    public void releaseLater(Ticket ticket) {
        if (ticket != Ticket.UNLIMITED) {
            deadlines.at(time.nanoTime() + 4 * watchWait, ticket::finish);
        }
    }

    private <T> Mono<T> seat(Ticket ticket, RequestInfo info, long wait, Request<T> request) {
        return switch (ticket.state()) {
            case EXECUTING -> request.execute(ticket);
            case REJECTED -> refused(ticket, info, request);
            case WAITING ->
                decided(ticket, info, wait, request.continuation())
                        .then(Mono.defer(() -> late(ticket, info, request)))
                        .doOnCancel(ticket::finish);
            case FINISHED -> throw new IllegalStateException("finished before it started");
        };
    }

    private <T> Mono<T> refused(Ticket ticket, RequestInfo info, Request<T> request) {
        observer.terminated(info, 429);
        return request.refuse(tooMany(ticket));
    }

    private <T> Mono<T> late(Ticket ticket, RequestInfo info, Request<T> request) {
        return ticket.state() == Ticket.State.EXECUTING ? request.execute(ticket) : refused(ticket, info, request);
    }

    /** Completes when the wait is over, one way or the other. */
    private Mono<Void> decided(Ticket ticket, RequestInfo info, long wait, Executor continuation) {
        long at = time.nanoTime() + Math.min(wait, LONGEST_WAIT);
        return Mono.create(sink -> {
            var deadline = deadlines.at(at, () -> gate.timeOut(ticket));
            observer.waits(info, true);
            sink.onDispose(() -> {
                deadline.met();
                observer.waits(info, false);
            });
            ticket.whenDecided(() -> {
                try {
                    continuation.execute(sink::success);
                } catch (RejectedExecutionException stopping) {
                    ticket.finish();
                    sink.error(stopping);
                }
            });
        });
    }

    /** The same stream, counted as a watcher from its subscription to its end. */
    public Flux<byte[]> counted(Flux<byte[]> watch, RequestInfo info, QueryParameters query) {
        return Flux.using(() -> gate.watchBegins(info, query), begun -> watch, Runnable::run);
    }

    private static ApiResponse tooMany(Ticket ticket) {
        return new ApiResponse.Bytes(
                429,
                "text/plain; charset=utf-8",
                List.of(
                        "Retry-After",
                        Integer.toString(ticket.retryAfterSeconds()),
                        "X-Content-Type-Options",
                        "nosniff"),
                "Too many requests, please try again later.\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        deadlines.close();
        gate.close();
    }
}
