package io.kubespring.kubelet.shell;

import io.kubespring.service.boot.Component;
import io.kubespring.service.boot.ComponentApplication;
import io.kubespring.service.guard.AccessFlags;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/**
 * Runs the kubelet alone. Boot's own web server carries health and Actuator only (upstream's healthz port 10248); the
 * kubelet's endpoint on 10250 is the core's.
 */
@ComponentApplication
@EnableConfigurationProperties(KubeletProperties.class)
@Import(KubeletConfiguration.class)
public class KubeletApplication {

    public static final Component COMPONENT = new Component(
                    "kubelet", KubeletApplication.class, KubeletProperties.class)
            .defaulting(Map.of("server.address", "127.0.0.1", "server.port", 10248))
            .with(AccessFlags.guardedAs("system:nodes"));

    public static void main(String... args) {
        COMPONENT.main(args);
    }
}
