package io.kubespring.scheduler.shell;

import io.kubespring.service.boot.Component;
import io.kubespring.service.boot.ComponentApplication;
import io.kubespring.service.leader.LeaderElectionFlags;
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
            .with(LeaderElectionFlags.class, Map.of("leader-elect-resource-name", "kube-scheduler"))
            .securelyServed("kube-scheduler", 10259)
            .guarded("system:kube-scheduler");

    public static void main(String... args) {
        COMPONENT.main(args);
    }
}
