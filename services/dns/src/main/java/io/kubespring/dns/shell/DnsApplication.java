package io.kubespring.dns.shell;

import io.kubespring.service.boot.Component;
import io.kubespring.service.boot.ComponentApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Runs the DNS component alone. */
@ComponentApplication
@EnableConfigurationProperties(DnsProperties.class)
@Import(DnsConfiguration.class)
public class DnsApplication {

    public static final Component COMPONENT = new Component("dns", DnsApplication.class, DnsProperties.class);

    public static void main(String... args) {
        COMPONENT.main(args);
    }
}
