package io.kubespring.service.guard;

import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.service.boot.SharedFlags;
import io.kubespring.service.boot.TransportSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.web.server.WebFilterChainProxy;

/** Puts the guard in front of every path of a component that asked for it by {@link AccessFlags#guardedAs}. */
@AutoConfiguration
@ConditionalOnProperty(GuardAutoConfiguration.USER)
public class GuardAutoConfiguration {

    /** As whom the API server is asked. */
    public static final String USER = "kubespring.guard.user";

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilterChainProxy guard(Environment environment, TransportSource transports, TimeSource time) {
        String user = environment.getRequiredProperty(USER);
        return Guard.of(
                SharedFlags.of(environment, AccessFlags.class), KubeClient.over(transports.as(user), time), time);
    }
}
