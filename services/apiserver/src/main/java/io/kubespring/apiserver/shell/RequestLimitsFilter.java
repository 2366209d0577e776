package io.kubespring.apiserver.shell;

import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.flowcontrol.Ticket;
import io.kubespring.apiserver.limits.RequestLimits;
import io.kubespring.apiserver.request.ApiResponse;
import io.netty.channel.Channel;
import java.util.concurrent.Executor;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets an authenticated request on when there is room for it, and keeps that room until its answer is written. A request
 * that had to wait goes on in its own connection's event loop.
 */
final class RequestLimitsFilter implements WebFilter {

    private static final String SCHEMA_UID = "X-Kubernetes-PF-FlowSchema-UID";
    private static final String LEVEL_UID = "X-Kubernetes-PF-PriorityLevel-UID";

    private final RequestLimits limits;
    private final TimeSource time;

    RequestLimitsFilter(RequestLimits limits, TimeSource time) {
        this.limits = limits;
        this.time = time;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return ReactiveSecurityContextHolder.getContext()
                .map(SecurityContext::getAuthentication)
                .cast(KubernetesUser.class)
                .flatMap(user -> {
                    var decoded = Exchanges.decoded(exchange);
                    return limits.admit(
                            decoded.info(),
                            decoded.query(),
                            user.user(),
                            new Admitted(exchange, chain, user.user().name(), time));
                });
    }

    private record Admitted(ServerWebExchange exchange, WebFilterChain chain, String user, TimeSource time)
            implements RequestLimits.Request<Void> {

        @Override
        public Mono<Void> execute(Ticket ticket) {
            tell(ticket);
            Exchanges.initialized(exchange, ticket::finish);
            return chain.filter(exchange).doFinally(end -> ticket.finish());
        }

        @Override
        public Mono<Void> refuse(ApiResponse answer) {
            return ResponseWriter.write(exchange, answer, time);
        }

        /** By UID: names could tell how an administrator thinks of somebody. */
        private void tell(Ticket ticket) {
            if (!ticket.levelUid().isEmpty()) {
                HttpHeaders headers = exchange.getResponse().getHeaders();
                headers.set(SCHEMA_UID, ticket.schemaUid());
                headers.set(LEVEL_UID, ticket.levelUid());
            }
        }

        @Override
        public Executor continuation() {
            Channel channel = Exchanges.channel(exchange);
            return channel == null
                    ? Runnable::run
                    : task -> channel.eventLoop().execute(() -> LoopTurns.take(channel, user, time, task));
        }
    }
}
