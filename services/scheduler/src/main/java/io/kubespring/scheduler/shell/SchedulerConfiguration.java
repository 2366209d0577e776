package io.kubespring.scheduler.shell;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.transport.MeteredTransport;
import io.kubespring.scheduler.Scheduler;
import io.kubespring.scheduler.SchedulerConfig;
import io.kubespring.service.boot.TransportSource;
import io.kubespring.service.leader.LeaderElectionFlags;
import io.kubespring.service.leader.LostLeadership;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Executors;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the core out of the flags. */
@Configuration(proxyBeanMethods = false)
class SchedulerConfiguration {

    @Bean(initMethod = "start")
    Scheduler scheduler(
            SchedulerProperties flags,
            LeaderElectionFlags election,
            LostLeadership lost,
            TransportSource transports,
            TimeSource time,
            RandomSource random,
            MeterRegistry metrics) {
        return new Scheduler(
                new SchedulerConfig(flags.schedulerName(), flags.parallelBindings(), election.config(random)),
                KubeClient.over(new MeteredTransport(transports.as("system:kube-scheduler"), metrics, time), time),
                time,
                random,
                Executors.newVirtualThreadPerTaskExecutor(),
                metrics,
                lost);
    }

    /** Ready while the picture of the cluster is complete and the API server answers. */
    @Bean
    HealthIndicator schedulerHealthIndicator(Scheduler scheduler) {
        return () -> (scheduler.ready() ? Health.up() : Health.outOfService())
                .withDetail("state", scheduler.state())
                .build();
    }
}
