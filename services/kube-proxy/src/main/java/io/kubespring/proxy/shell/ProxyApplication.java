package io.kubespring.proxy.shell;

import io.kubespring.service.boot.Component;
import io.kubespring.service.boot.ComponentApplication;
import io.kubespring.service.guard.AccessFlags;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Runs kube-proxy alone. */
@ComponentApplication
@EnableConfigurationProperties(ProxyProperties.class)
@Import(ProxyConfiguration.class)
public class ProxyApplication {

    public static final Component COMPONENT = new Component("kube-proxy", ProxyApplication.class, ProxyProperties.class)
            .defaulting(Map.of("server.port", 10256))
            .with(AccessFlags.guardedAs("system:kube-proxy"));

    public static void main(String... args) {
        COMPONENT.main(args);
    }
}
