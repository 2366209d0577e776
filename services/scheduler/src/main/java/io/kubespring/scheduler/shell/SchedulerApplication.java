package io.kubespring.scheduler.shell;

import io.kubespring.service.boot.Component;
import io.kubespring.service.boot.ComponentApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Runs the scheduler alone. */
@ComponentApplication
@EnableConfigurationProperties(SchedulerProperties.class)
@Import(SchedulerConfiguration.class)
public class SchedulerApplication {

    public static final Component COMPONENT =
            new Component("scheduler", SchedulerApplication.class, SchedulerProperties.class);

    public static void main(String... args) {
        COMPONENT.main(args);
    }
}
