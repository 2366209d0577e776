package io.kubespring.service.boot;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.api.time.TimeSource;
import io.kubespring.service.flags.FlagException;
import io.kubespring.service.leader.LeaderElectionFlags;
import io.kubespring.service.leader.LostLeadership;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** What every component has: time, randomness, and {@code /metrics} where upstream has it. */
@AutoConfiguration(
        afterName =
                "org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration")
public class ServiceAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TimeSource timeSource() {
        return SystemTime.instance();
    }

    @Bean
    @ConditionalOnMissingBean
    RandomSource randomSource() {
        return RandomSource.system();
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    TransportSource transportSource(Environment environment) {
        String component = environment.getRequiredProperty("spring.application.name");
        String kubeconfig = environment.getProperty("kubespring." + component + ".kubeconfig");
        if (kubeconfig == null || kubeconfig.isEmpty()) {
            throw new FlagException("required flag --kubeconfig not set");
        }
        return new KubeconfigTransportSource(Path.of(kubeconfig));
    }

    /** For components that take these flags. */
    @Bean
    @Lazy
    LeaderElectionFlags leaderElectionFlags(Environment environment) {
        return shared(environment, LeaderElectionFlags.class);
    }

    @Bean
    LostLeadership lostLeadership(ApplicationEventPublisher publisher) {
        return new LostLeadership(publisher);
    }

    private static <T extends Record> T shared(Environment environment, Class<T> flags) {
        String prefix = "kubespring." + environment.getRequiredProperty("spring.application.name");
        return Binder.get(environment).bindOrCreate(prefix, Bindable.of(flags));
    }

    @Bean
    @ConditionalOnBean(PrometheusMeterRegistry.class)
    @ConditionalOnMissingBean(name = "metricsRoute")
    RouterFunction<ServerResponse> metricsRoute(PrometheusMeterRegistry registry) {
        return RouterFunctions.route()
                .GET(
                        "/metrics",
                        request -> ServerResponse.ok()
                                .contentType(MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8"))
                                .bodyValue(registry.scrape()))
                .build();
    }
}
