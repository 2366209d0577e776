package io.kubespring.dns.shell;

import io.kubespring.service.boot.Component;
import io.kubespring.service.boot.ComponentApplication;
import io.kubespring.service.guard.AccessFlags;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Runs the DNS component alone. */
@ComponentApplication
@EnableConfigurationProperties(DnsProperties.class)
@Import(DnsConfiguration.class)
public class DnsApplication {

    public static final Component COMPONENT = new Component("dns", DnsApplication.class, DnsProperties.class)
            .defaulting(
                    Map.of("server.port", 9153, "authorization-always-allow-paths", "/healthz,/readyz,/livez,/metrics"))
            .with(AccessFlags.guardedAs("system:kube-dns"));

    public static void main(String... args) {
        COMPONENT.main(args);
    }
}
