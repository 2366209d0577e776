package io.kubespring.gateway.shell;

import io.kubespring.api.time.TimeSource;
import io.kubespring.gateway.access.AccessLog;
import io.kubespring.gateway.identity.Callers;
import io.kubespring.gateway.limits.RateLimits;
import io.kubespring.gateway.services.AccessCheck;
import io.kubespring.gateway.services.Services;
import io.kubespring.gateway.upstream.BodyLimit;
import io.kubespring.gateway.upstream.Connections;
import io.kubespring.gateway.upstream.Endpoint;
import io.kubespring.gateway.upstream.Endpoints;
import io.kubespring.gateway.upstream.Forwarding;
import io.kubespring.gateway.upstream.Upgrades;
import io.kubespring.service.flags.FlagException;
import io.kubespring.service.x509.CertificateBundleFile;
import io.kubespring.service.x509.TrustAnchors;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the core out of the flags. */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

    @Bean(destroyMethod = "close")
    Connections connections(GatewayProperties flags) {
        if (flags.clientCaFile() != null
                && (flags.proxyClientCertFile() == null || flags.proxyClientKeyFile() == null)) {
            throw new FlagException(
                    "--client-ca-file needs --proxy-client-cert-file and --proxy-client-key-file: the API server"
                            + " believes the names of clients from a front proxy only");
        }
        return new Connections(
                flags.apiServerCertificateAuthority(), flags.proxyClientCertFile(), flags.proxyClientKeyFile());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Endpoints apiServers(GatewayProperties flags, Connections connections, TimeSource time) {
        if (flags.apiServer().isEmpty()) {
            throw new FlagException("required flag --api-server not set");
        }
        return new Endpoints(
                "API server", flags.apiServer().stream().map(Endpoint::new).toList(), connections, time);
    }

    @Bean
    Forwarding forwarding(GatewayProperties flags, Connections connections) {
        return new Forwarding(connections, new BodyLimit(flags.maxRequestBodyBytes()));
    }

    @Bean(destroyMethod = "close")
    Upgrades upgrades(Endpoints servers, Connections connections) {
        return new Upgrades(servers, connections);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty("kubespring.gateway.client-ca-file")
    CertificateBundleFile clientAuthorities(GatewayProperties flags, TimeSource time) {
        return new CertificateBundleFile(Objects.requireNonNull(flags.clientCaFile()), time);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Services services(GatewayProperties flags, Connections connections, TimeSource time) {
        return new Services(flags.service(), connections, time);
    }

    @Bean
    AccessCheck accessCheck(Endpoints apiServers, Connections connections) {
        return new AccessCheck(apiServers, connections);
    }

    @Bean
    Callers callers(ObjectProvider<TrustAnchors> clientAuthorities, TimeSource time) {
        return new Callers(clientAuthorities.getIfAvailable(), time);
    }

    @Bean
    RateLimits rateLimits(GatewayProperties flags, TimeSource time) {
        return new RateLimits(flags.requestsPerSecond(), flags.requestsBurst(), time);
    }

    @Bean(destroyMethod = "close")
    AccessLog accessLogWriter(GatewayProperties flags, MeterRegistry metrics) {
        return new AccessLog(flags.accessLog(), metrics);
    }

    /** Ready while a request would find an API server. */
    @Bean
    HealthIndicator apiServersHealthIndicator(Endpoints servers) {
        return () -> {
            var health = servers.anyReady() ? Health.up() : Health.outOfService();
            servers.all().forEach(each -> health.withDetail(each.toString(), each.ready()));
            return health.build();
        };
    }
}
