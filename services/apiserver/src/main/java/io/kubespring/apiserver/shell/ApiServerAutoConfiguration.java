package io.kubespring.apiserver.shell;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.ApiServerCore;
import io.kubespring.apiserver.authentication.Authentication;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.Decision;
import io.kubespring.service.tls.ServingTls;
import io.kubespring.storage.Store;
import io.kubespring.storage.memory.MemoryStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/** Wires the core to HTTPS. One handler takes every path; the security chain is in front of it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiServerProperties.class)
public class ApiServerAutoConfiguration {

    @Bean
    TimeSource timeSource() {
        return SystemTime.instance();
    }

    @Bean
    RandomSource randomSource() {
        return RandomSource.system();
    }

    @Bean
    Store store(TimeSource time) {
        return MemoryStore.create(time);
    }

    @Bean(initMethod = "start")
    ApiServerCore apiServerCore(Store store, TimeSource time, RandomSource random) {
        var admin = new Authentication.Authenticated(
                UserInfo.of("kubernetes-admin", UserInfo.MASTERS_GROUP, UserInfo.AUTHENTICATED_GROUP));
        return new ApiServerCore(store, credentials -> admin, attributes -> Decision.allow(""), time, random);
    }

    @Bean
    HttpHandler httpHandler(ApiServerCore core) {
        var security = new WebFilterChainProxy(SecurityChain.of(core));
        security.setFirewall(ServerWebExchangeFirewall.INSECURE_NOOP);
        return WebHttpHandlerBuilder.webHandler(new ApiWebHandler(core.server()))
                .filter(security)
                .build();
    }

    @Bean
    NettyReactiveWebServerFactory webServerFactory(ApiServerProperties properties, TimeSource time)
            throws UnknownHostException {
        var factory = new NettyReactiveWebServerFactory(properties.securePort());
        factory.setAddress(InetAddress.getByName(properties.bindAddress()));
        ServingCertificate certificate = ServingCertificate.of(properties, time.now());
        factory.addServerCustomizers(ServingTls.http2(certificate.certificate(), certificate.key()));
        return factory;
    }
}
