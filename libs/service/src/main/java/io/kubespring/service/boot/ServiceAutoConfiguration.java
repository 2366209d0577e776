package io.kubespring.service.boot;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.api.time.TimeSource;
import io.kubespring.service.flags.FlagException;
import io.kubespring.service.leader.LeaderElectionFlags;
import io.kubespring.service.leader.LostLeadership;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
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
        return SharedFlags.of(environment, LeaderElectionFlags.class);
    }

    /** Which build this is: from the jar's manifest, which a class folder does not have. */
    @Bean
    InfoContributor buildInfo() {
        String built = Objects.requireNonNullElse(
                ServiceAutoConfiguration.class.getPackage().getImplementationVersion(), "development");
        int plus = built.indexOf('+');
        Map<String, String> build = plus < 0
                ? Map.of("version", built)
                : Map.of("version", built.substring(0, plus), "commit", built.substring(plus + 1));
        return info -> info.withDetail("build", build);
    }

    @Bean
    LostLeadership lostLeadership(ApplicationEventPublisher publisher) {
        return new LostLeadership(publisher);
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
