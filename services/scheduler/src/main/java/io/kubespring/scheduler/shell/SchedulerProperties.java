package io.kubespring.scheduler.shell;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Flags of the scheduler, named as upstream's. */
@ConfigurationProperties("kubespring.scheduler")
public record SchedulerProperties(
        @Nullable Path kubeconfig,
        @DefaultValue("default-scheduler") String schedulerName,
        @DefaultValue("100") int parallelBindings) {}
