package io.kubespring.service.tls;

import io.kubespring.api.time.TimeSource;
import io.kubespring.service.boot.SharedFlags;
import io.kubespring.service.connection.KeepAlive;
import io.kubespring.service.connection.RequestDeadlines;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The HTTPS port of a component that asked for it by {@link SecureServingFlags#securelyServed}. Where Boot's own {@code server.port} is
 * set (the standalone process, tests), that plain port takes its place.
 */
@AutoConfiguration
@ConditionalOnProperty(SecureServingAutoConfiguration.NAME)
public class SecureServingAutoConfiguration {

    /** Whose certificate it is: "kube-scheduler". */
    public static final String NAME = "kubespring.serving.name";

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> secureServing(Environment environment, TimeSource time) {
        return factory -> {
            factory.addServerCustomizers(server -> server.doOnChannelInit((observer, channel, remote) -> {
                KeepAlive.enable(channel);
                RequestDeadlines.install(channel, time);
            }));
            if (!environment.containsProperty("server.port")) {
                serve(factory, environment, time);
            }
        };
    }

    private static void serve(NettyReactiveWebServerFactory factory, Environment environment, TimeSource time) {
        var flags = SharedFlags.of(environment, SecureServingFlags.class);
        try {
            factory.setAddress(InetAddress.getByName(flags.bindAddress()));
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("--bind-address " + flags.bindAddress() + " is no address", unknown);
        }
        factory.setPort(flags.securePort());
        if (flags.tlsCertFile() != null && flags.tlsPrivateKeyFile() != null) {
            factory.addServerCustomizers(ServingTls.http2(flags.tlsCertFile(), flags.tlsPrivateKeyFile()));
        } else {
            factory.addServerCustomizers(ServingTls.http2(
                    SelfSigned.of(flags.certDir(), environment.getRequiredProperty(NAME), time.now())));
        }
    }
}
