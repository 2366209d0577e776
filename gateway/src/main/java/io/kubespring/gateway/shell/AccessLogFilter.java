package io.kubespring.gateway.shell;

import io.kubespring.api.time.TimeSource;
import io.kubespring.gateway.access.AccessLog;
import java.util.concurrent.TimeUnit;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Notes every request when it is over, whatever became of it. */
final class AccessLogFilter implements GlobalFilter, Ordered {

    private final AccessLog log;
    private final TimeSource time;

    AccessLogFilter(AccessLog log, TimeSource time) {
        this.log = log;
        this.time = time;
    }

    @Override
    public int getOrder() {
        return FilterOrder.ACCESS_LOG;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        long begun = time.nanoTime();
        return chain.filter(exchange).doFinally(end -> log.add(entry(exchange, time.nanoTime() - begun)));
    }

    private static AccessLog.Entry entry(ServerWebExchange exchange, long nanos) {
        var request = Passage.request(exchange);
        var response = Passage.response(exchange);
        var client = request.remoteAddress();
        String uri = request.uri();
        int query = uri.indexOf('?');
        return new AccessLog.Entry(
                client == null ? "-" : client.getHostString(),
                Passage.identified(exchange) ? Passage.caller(exchange).name() : "-",
                request.method().name(),
                query < 0 ? uri : uri.substring(0, query),
                response.hasSentHeaders() ? response.status().code() : 0,
                TimeUnit.NANOSECONDS.toMicros(nanos),
                String.valueOf(exchange.<Object>getAttributeOrDefault(Passage.SERVER, "-")),
                request.requestHeaders().get("user-agent", "-"));
    }
}
