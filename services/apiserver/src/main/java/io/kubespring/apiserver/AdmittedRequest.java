package io.kubespring.apiserver;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.flowcontrol.Ticket;
import io.kubespring.apiserver.limits.RequestLimits;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import java.util.concurrent.Executor;
import reactor.core.publisher.Mono;

/**
 * A request of the same process on its way through the limits: authorized once it is admitted, and in its seat until its
 * body has been read. A body that nobody reads gives up its seat when the deadline passes.
 */
final class AdmittedRequest implements RequestLimits.Request<ApiResponse> {

    private final ApiServer server;
    private final RequestLimits limits;
    private final ApiRequest request;
    private final Executor continuation;

    AdmittedRequest(ApiServer server, RequestLimits limits, ApiRequest request, Executor continuation) {
        this.server = server;
        this.limits = limits;
        this.request = request;
        this.continuation = continuation;
    }

    @Override
    public Mono<ApiResponse> execute(Ticket ticket) {
        try {
            server.authorize(request.info(), request.user());
        } catch (StatusException refused) {
            ticket.finish();
            return Mono.just(ApiResponse.of(refused));
        }
        return server.dispatch(request.withInitialized(ticket::finish))
                .map(answer -> seated(answer, ticket))
                .doOnCancel(ticket::finish);
    }

    private ApiResponse seated(ApiResponse answer, Ticket ticket) {
        if (!(answer instanceof ApiResponse.Streamed streamed)) {
            ticket.finish();
            return answer;
        }
        limits.releaseLater(ticket);
        return streamed.withBody(
                streamed.longRunning()
                        ? streamed.body().doFinally(end -> ticket.finish())
                        : limits.limited(streamed.body(), request.query()).doFinally(end -> ticket.finish()));
    }

    @Override
    public Mono<ApiResponse> refuse(ApiResponse answer) {
        return Mono.just(answer);
    }

    @Override
    public Executor continuation() {
        return continuation;
    }
}
