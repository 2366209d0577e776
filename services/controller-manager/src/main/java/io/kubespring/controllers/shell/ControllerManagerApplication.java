package io.kubespring.controllers.shell;

import io.kubespring.service.boot.Component;
import io.kubespring.service.boot.ComponentApplication;
import io.kubespring.service.guard.AccessFlags;
import io.kubespring.service.leader.LeaderElectionFlags;
import io.kubespring.service.tls.SecureServingFlags;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Runs the controller manager alone. */
@ComponentApplication
@EnableConfigurationProperties(ControllerManagerProperties.class)
@Import(ControllerManagerConfiguration.class)
public class ControllerManagerApplication {

    public static final Component COMPONENT = new Component(
                    "controller-manager", ControllerManagerApplication.class, ControllerManagerProperties.class)
            .with(new Component.Trait(
                    LeaderElectionFlags.class, Map.of("leader-elect-resource-name", "kube-controller-manager")))
            .with(SecureServingFlags.securelyServed("kube-controller-manager", 10257))
            .with(AccessFlags.guardedAs("system:kube-controller-manager"));

    public static void main(String... args) {
        COMPONENT.main(args);
    }
}
