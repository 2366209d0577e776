package io.kubespring.dns.shell;

import io.kubespring.service.boot.Component;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Runs the DNS component alone. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableConfigurationProperties(DnsProperties.class)
@Import(DnsConfiguration.class)
public class DnsApplication {

    public static final Component COMPONENT = new Component("dns", DnsApplication.class, DnsProperties.class);

    public static void main(String... args) {
        COMPONENT.main(args);
    }
}
