package io.kubespring.gateway.shell;

import io.kubespring.service.boot.Component;
import io.kubespring.service.boot.ComponentApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Runs the gateway. */
@ComponentApplication
@EnableConfigurationProperties(GatewayProperties.class)
@Import({GatewayConfiguration.class, FrontDoorConfiguration.class})
public class GatewayApplication {

    public static final Component COMPONENT =
            new Component("gateway", GatewayApplication.class, GatewayProperties.class);

    public static void main(String... args) {
        COMPONENT.main(args);
    }
}
