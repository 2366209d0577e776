package io.kubespring.apiserver.shell;

import io.kubespring.api.time.RandomSource;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannel;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Asks a client now and then to open a new connection ({@code --goaway-chance}), so that the clients of several servers
 * behind a load balancer spread again. What is under way on the old connection goes on.
 */
final class GoAwayFilter implements WebFilter {

    private static final double MOST = 0.02;

    private final double chance;
    private final RandomSource random;

    /** @throws IllegalArgumentException for a chance out of range */
    GoAwayFilter(double chance, RandomSource random) {
        if (chance < 0 || chance > MOST) {
            throw new IllegalArgumentException("--goaway-chance can not be less than 0 or greater than 0.02");
        }
        this.chance = chance;
        this.random = random;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (Exchanges.channel(exchange) instanceof Http2StreamChannel stream && random.nextDouble() < chance) {
            Channel connection = stream.parent();
            if (!(connection instanceof ServerChannel)) {
                connection.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
            }
        }
        return chain.filter(exchange);
    }
}
