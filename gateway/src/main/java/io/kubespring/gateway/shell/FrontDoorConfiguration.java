package io.kubespring.gateway.shell;

import io.kubespring.api.time.TimeSource;
import io.kubespring.gateway.access.AccessLog;
import io.kubespring.gateway.identity.Callers;
import io.kubespring.gateway.limits.RateLimits;
import io.kubespring.gateway.services.AccessCheck;
import io.kubespring.gateway.services.Services;
import io.kubespring.gateway.upstream.Endpoints;
import io.kubespring.gateway.upstream.Forwarding;
import io.kubespring.gateway.upstream.Upgrades;
import io.kubespring.service.connection.KeepAlive;
import io.kubespring.service.connection.OddUris;
import io.kubespring.service.connection.RequestDeadlines;
import io.kubespring.service.flags.FlagException;
import io.kubespring.service.tls.ServingTls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.netty.http.server.HttpServer;

/**
 * The server, and Spring Cloud Gateway's routes in it. They are the whole of it: nothing else that Spring would map to a path
 * answers on this port, where every path but the gateway's few belongs to the API server.
 */
@Configuration(proxyBeanMethods = false)
class FrontDoorConfiguration {

    /** As the API server's, of HTTP/2, which Boot's setting does not reach. */
    private static final long MAX_HEADER_BYTES = 1 << 20;

    @Bean
    GlobalFilter accessLog(AccessLog log, TimeSource time) {
        return new AccessLogFilter(log, time);
    }

    @Bean
    GlobalFilter refusals() {
        return new StatusFilter();
    }

    @Bean
    GlobalFilter identification(Callers callers) {
        return new CallerFilter(callers);
    }

    @Bean
    GlobalFilter rateLimit(RateLimits limits) {
        return new RateLimitFilter(limits);
    }

    @Bean
    RouteLocator routes(
            Endpoints apiServers, Forwarding forwarding, Upgrades upgrades, Services services, AccessCheck access) {
        var ofServices = Route.async()
                .id("services")
                .uri("https://services")
                .predicate(exchange ->
                        ServicesFilter.isFor(Passage.request(exchange).uri()))
                .filter(new ServicesFilter(apiServers, services, access, forwarding))
                .build();
        var rest = Route.async()
                .id("apiservers")
                .uri("https://apiservers")
                .predicate(exchange -> true)
                .filter(new ForwardFilter(apiServers, forwarding, upgrades))
                .build();
        return () -> Flux.just(ofServices, rest);
    }

    @Bean
    FilteringWebHandler filteringWebHandler(List<GlobalFilter> filters) {
        return new FilteringWebHandler(filters, true);
    }

    @Bean
    RoutePredicateHandlerMapping routeMapping(
            FilteringWebHandler handler, RouteLocator routes, Environment environment) {
        return new RoutePredicateHandlerMapping(handler, routes, new GlobalCorsProperties(), environment);
    }

    @Bean
    HttpHandler httpHandler(RoutePredicateHandlerMapping routes) {
        return WebHttpHandlerBuilder.webHandler(exchange ->
                        routes.getHandler(exchange).cast(WebHandler.class).flatMap(each -> each.handle(exchange)))
                .build();
    }

    @Bean
    NettyReactiveWebServerFactory webServerFactory(GatewayProperties flags, HttpHandler handler, TimeSource time)
            throws UnknownHostException {
        if (flags.tlsCertFile() == null || flags.tlsPrivateKeyFile() == null) {
            throw new FlagException("required flags --tls-cert-file and --tls-private-key-file not set");
        }
        var factory = new NettyReactiveWebServerFactory(flags.securePort());
        factory.setAddress(InetAddress.getByName(flags.bindAddress()));
        factory.addServerCustomizers(ServingTls.http2(flags.tlsCertFile(), flags.tlsPrivateKeyFile()));
        factory.addServerCustomizers(
                server -> server.http2Settings(settings -> settings.maxHeaderListSize(MAX_HEADER_BYTES)));
        factory.addServerCustomizers(new OddUris(handler, time)::customize, server -> bounded(server, time));
        return factory;
    }

    /** Slow, silent and vanished clients lose their connections. */
    private static HttpServer bounded(HttpServer server, TimeSource time) {
        return server.doOnChannelInit((observer, channel, remote) -> {
            KeepAlive.enable(channel);
            RequestDeadlines.install(channel, time);
        });
    }
}
