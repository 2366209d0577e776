package io.kubespring.scheduler.shell;

import io.kubespring.service.boot.Component;
import io.kubespring.service.boot.ComponentApplication;
import io.kubespring.service.guard.AccessFlags;
import io.kubespring.service.leader.LeaderElectionFlags;
import io.kubespring.service.tls.SecureServingFlags;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Runs the scheduler alone. */
@ComponentApplication
@EnableConfigurationProperties(SchedulerProperties.class)
@Import(SchedulerConfiguration.class)
public class SchedulerApplication {

    public static final Component COMPONENT = new Component(
                    "scheduler", SchedulerApplication.class, SchedulerProperties.class)
            .with(new Component.Trait(
                    LeaderElectionFlags.class, Map.of("leader-elect-resource-name", "kube-scheduler")))
            .with(SecureServingFlags.securelyServed("kube-scheduler", 10259))
            .with(AccessFlags.guardedAs("system:kube-scheduler"));

    public static void main(String... args) {
        COMPONENT.main(args);
    }
}
