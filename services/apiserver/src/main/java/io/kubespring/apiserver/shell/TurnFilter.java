package io.kubespring.apiserver.shell;

import io.kubespring.api.time.TimeSource;
import io.netty.channel.Channel;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

/** Begins each request when its connection's turn comes, see {@link LoopTurns}. */
final class TurnFilter implements WebFilter {

    private final TimeSource time;

    TurnFilter(TimeSource time) {
        this.time = time;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Channel channel = Exchanges.channel(exchange);
        Mono<Void> request = chain.filter(exchange);
        return channel == null ? request : new Turn(request, channel, time);
    }

    private static final class Turn extends MonoOperator<Void, Void> {
        private final Channel channel;
        private final TimeSource time;

        Turn(Mono<Void> source, Channel channel, TimeSource time) {
            super(source);
            this.channel = channel;
            this.time = time;
        }

        @Override
        public void subscribe(CoreSubscriber<? super Void> actual) {
            if (channel.eventLoop().inEventLoop()) {
                LoopTurns.take(channel, time, () -> source.subscribe(actual));
            } else {
                source.subscribe(actual);
            }
        }
    }
}
