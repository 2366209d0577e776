package io.kubespring.apiserver.shell;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.ApiServerCore;
import io.kubespring.service.boot.TransportSource;
import io.kubespring.service.connection.KeepAlive;
import io.kubespring.service.connection.OddUris;
import io.kubespring.service.connection.RequestDeadlines;
import io.kubespring.service.tls.ServingTls;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.http.server.HttpServer;

/**
 * Wires the core to HTTPS. One handler takes every path; the security chain is in front of it.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiServerProperties.class)
public class ApiServerAutoConfiguration {

    /** What is read of one connection before the loop looks at the next: a few requests, not a megabyte of them. */
    private static final int READ_BYTES = 16 << 10;

    private static final int READS_PER_TURN = 2;

    /** Of HTTP/2, which Boot's setting does not reach. */
    private static final long MAX_HEADER_BYTES = 1 << 20;

    private final TimeSource time;
    private final ApiServerProperties flags;

    ApiServerAutoConfiguration(ApiServerProperties given, TimeSource time, ObjectProvider<LocalPki.Begun> localPki) {
        this.time = time;
        flags = LocalPki.complete(given, time.now(), localPki.getIfAvailable());
    }

    @Bean(destroyMethod = "close", initMethod = "start")
    ApiServerCore apiServerCore(MeterRegistry metrics, RandomSource random) {
        return new ApiServerCore(CoreConfig.of(flags), Stores.open(flags, time), time, random, metrics);
    }

    /** Ready while the caches are filled, the cluster's own objects are there and the store takes writes. */
    @Bean
    HealthIndicator apiServerHealthIndicator(ApiServerCore core) {
        return () -> (core.ready() ? Health.up() : Health.outOfService()).build();
    }

    /** Components of the same process enter here. */
    @Bean
    TransportSource transportSource(ApiServerCore core) {
        return core::transport;
    }

    @Bean
    HttpHandler httpHandler(ApiServerCore core, RandomSource random) {
        var goAway = new GoAwayFilter(flags.goawayChance(), random);
        return WebHttpHandlerBuilder.webHandler(new ApiWebHandler(core.server(), time))
                .filters(filters -> {
                    filters.add(new AuditIdFilter(RandomSource.ids()));
                    if (flags.goawayChance() > 0) {
                        filters.add(goAway);
                    }
                    filters.addAll(SecurityChain.of(core, time));
                })
                .build();
    }

    @Bean
    StreamsEnd streamsEnd(ApiServerCore core) {
        return new StreamsEnd(core, time, flags.shutdownDelayDuration());
    }

    @Bean
    InsecurePort insecurePort(ApiServerCore core) {
        return new InsecurePort(flags.insecurePort(), core.server(), time);
    }

    /** Slow, silent and vanished clients lose their connections. */
    private HttpServer bounded(HttpServer server) {
        return server.doOnChannelInit((observer, channel, remote) -> {
            KeepAlive.enable(channel);
            RequestDeadlines.install(channel, time);
        });
    }

    @Bean
    NettyReactiveWebServerFactory webServerFactory(HttpHandler handler) throws UnknownHostException {
        var factory = new NettyReactiveWebServerFactory(flags.securePort());
        factory.setAddress(InetAddress.getByName(flags.bindAddress()));
        factory.addServerCustomizers(ServingTls.http2(
                Objects.requireNonNull(flags.tlsCertFile()), Objects.requireNonNull(flags.tlsPrivateKeyFile())));
        factory.addServerCustomizers(
                server -> server.http2Settings(settings -> settings.maxHeaderListSize(MAX_HEADER_BYTES)));
        factory.addServerCustomizers(new OddUris(handler, time)::customize, this::bounded);
        factory.addServerCustomizers(server -> server.childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(64, 2_048, READ_BYTES).maxMessagesPerRead(READS_PER_TURN)));
        return factory;
    }
}
