package io.kubespring.apiserver;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.Attributes;
import io.kubespring.apiserver.authorization.Authorizer;
import io.kubespring.apiserver.authorization.Decision;
import io.kubespring.apiserver.authorization.ForbiddenMessage;
import io.kubespring.apiserver.encoding.AnswerEncoder;
import io.kubespring.apiserver.handlers.Call;
import io.kubespring.apiserver.handlers.Deprecations;
import io.kubespring.apiserver.handlers.PathHandlers;
import io.kubespring.apiserver.handlers.ResourceHandlers;
import io.kubespring.apiserver.handlers.VerbHandler;
import io.kubespring.apiserver.limits.RequestLimits;
import io.kubespring.apiserver.metrics.RequestMetrics;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.Negotiation;
import io.kubespring.apiserver.request.Negotiation.Accepted;
import io.kubespring.apiserver.request.RequestInfo;
import io.kubespring.storage.StoreException;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Answers authenticated requests: authorizes them, finds the handler of their resource and verb, and turns every failure
 * into a {@code Status}. Knows no transport; the shell and {@link InProcessTransport} are its two doors.
 */
public final class ApiServer {

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

    private static final int FIRST_ERROR = 400;

    /** What others answer, in whichever form. */
    private static final Set<String> ANY_ANSWER = Set.of("log", "proxy", "exec", "attach", "portforward");

    private final Catalog catalog;
    private final Authorizer authorizer;
    private final ResourceHandlers resources;
    private final PathHandlers paths;
    private final RequestLimits limits;
    private final RequestMetrics metrics;
    private final Negotiation negotiation;
    private final Sinks.Empty<Void> stopping = Sinks.empty();

    public ApiServer(
            Catalog catalog,
            Authorizer authorizer,
            ResourceHandlers resources,
            PathHandlers paths,
            RequestLimits limits,
            RequestMetrics metrics,
            Negotiation negotiation) {
        this.negotiation = negotiation;
        this.limits = limits;
        this.metrics = metrics;
        this.catalog = catalog;
        this.authorizer = authorizer;
        this.resources = resources;
        this.paths = paths;
    }

    /**
     * Admits, authorizes and answers. Never fails: failures are answers.
     *
     * @param continuation where a request goes on that had to wait
     */
    public Mono<ApiResponse> handle(ApiRequest request, Executor continuation) {
        return limits.admit(
                        request.info(),
                        request.query(),
                        request.user(),
                        new AdmittedRequest(this, limits, request, continuation))
                .onErrorResume(StatusException.class, failure -> Mono.just(refused(request, failure)));
    }

    /** A failure in front of {@link #dispatch}, in the encoding that the client reads. */
    public ApiResponse refused(ApiRequest request, StatusException failure) {
        return AnswerEncoder.encode(ApiResponse.of(failure), negotiation.of(request));
    }

    /** As {@link #handle(ApiRequest, Executor)}; one that had to wait goes on where room was made for it. */
    public Mono<ApiResponse> handle(ApiRequest request) {
        return handle(request, Runnable::run);
    }

    /** What every transport passes its requests through, behind authentication. */
    public RequestLimits limits() {
        return limits;
    }

    /** @throws StatusException 403 unless the user may do this */
    public void authorize(RequestInfo info, UserInfo user) {
        Attributes attributes = info.attributes(user);
        Decision decision = authorizer.authorize(attributes);
        if (!decision.allowed()) {
            throw ForbiddenMessage.of(attributes, decision.reason());
        }
    }

    /** Answers a request that was authorized already. Never fails. */
    public Mono<ApiResponse> dispatch(ApiRequest request) {
        RequestInfo info = request.info();
        ResourceType type =
                info.resourceRequest() ? catalog.find(info.apiGroup(), info.apiVersion(), info.resource()) : null;
        Accepted accepted = negotiation.of(request);
        Mono<ApiResponse> answer;
        try {
            answer = answer(request, type, accepted).onErrorResume(failure -> Mono.just(failed(request, failure)));
        } catch (RuntimeException | StackOverflowError | AssertionError failure) {
            answer = Mono.just(failed(request, failure));
        }
        return metrics.observe(request, type != null, answer.map(each -> encoded(request, each, accepted)));
    }

    /** Documents of paths are negotiated where they are made; their errors are not. */
    private static ApiResponse encoded(ApiRequest request, ApiResponse answer, Accepted accepted) {
        return request.info().resourceRequest() || answer.status() >= FIRST_ERROR
                ? AnswerEncoder.encode(answer, accepted)
                : answer;
    }

    private Mono<ApiResponse> answer(ApiRequest request, @Nullable ResourceType type, Accepted accepted) {
        if (!request.info().resourceRequest()) {
            return paths.handle(request);
        }
        if (type == null) {
            if (catalog.versions(request.info().apiGroup()).isEmpty()) {
                return Mono.just(ApiResponse.pageNotFound());
            }
            throw StatusException.noSuchResource();
        }
        var call = new Call(request, type, negotiation, accepted);
        if (Deprecations.concerns(type)) {
            metrics.deprecated(request.info());
        }
        VerbHandler handler = resources.find(call);
        if (!ANY_ANSWER.contains(call.subresource())) {
            accepted.route(request.info().verb().equals("list")
                    || request.info().verb().equals("watch"));
        }
        return handler.handle(call)
                .map(answer -> untilStopped(request, answer))
                .map(answer -> Deprecations.warned(type, answer));
    }

    private ApiResponse untilStopped(ApiRequest request, ApiResponse answer) {
        if (!(answer instanceof ApiResponse.Streamed streamed) || !streamed.longRunning()) {
            return answer;
        }
        Flux<byte[]> body = streamed.body().takeUntilOther(stopping.asMono());
        return streamed.withBody(
                request.info().verb().equals("watch") ? limits.counted(body, request.info(), request.query()) : body);
    }

    /** Ends all watches and followed logs, and from now on begins none that lasts: their clients turn elsewhere. */
    void endStreams() {
        stopping.tryEmitEmpty();
    }

    /** Every failure as a Status; what is nobody's fault but ours is logged with its stack trace and told without. */
    public static ApiResponse failed(ApiRequest request, Throwable failure) {
        Throwable cause = io.kubespring.apiserver.registry.Failures.cause(failure);
        if (cause instanceof StatusException status) {
            return ApiResponse.of(status);
        }
        if (cause instanceof StoreException stored) {
            return ApiResponse.of(fromStore(stored));
        }
        LOG.error("{} {} failed", request.method(), request.info().path(), cause);
        return ApiResponse.of(StatusException.internal("see the server's log"));
    }

    private static StatusException fromStore(StoreException failure) {
        return switch (failure) {
            case StoreException.Compacted compacted ->
                StatusException.expired("The provided continue parameter is too old to display a consistent list "
                        + "result. You can start a new list without the continue parameter.");
            case StoreException.FutureRevision future ->
                new StatusException(StatusReason.TIMEOUT, "Too large resource version: " + future.getMessage());
            case StoreException.Unavailable unavailable ->
                new StatusException(StatusReason.SERVICE_UNAVAILABLE, "the store is unavailable");
            // Upstream passes the store's words on, with 500: clients match on them.
            case StoreException.TooLarge large ->
                new StatusException(StatusReason.UNKNOWN, String.valueOf(large.getMessage()));
            case StoreException.SlowWatcher slow ->
                new StatusException(StatusReason.SERVICE_UNAVAILABLE, "the watcher fell too far behind");
            case StoreException.Exists exists ->
                new StatusException(StatusReason.ALREADY_EXISTS, String.valueOf(exists.getMessage()));
            case StoreException.Conflict conflict ->
                new StatusException(StatusReason.CONFLICT, String.valueOf(conflict.getMessage()));
        };
    }
}
