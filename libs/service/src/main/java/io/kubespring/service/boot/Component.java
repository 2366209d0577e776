package io.kubespring.service.boot;

import io.kubespring.service.flags.FlagException;
import io.kubespring.service.flags.Flags;
import io.kubespring.service.memory.HeapGovernor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import reactor.netty.ReactorNetty;

/**
 * One component as a Boot application: its flags, and the settings that all components share. Each has a configuration
 * name of its own ({@code kubespring-scheduler.yaml}), so that several can live on one class path.
 *
 * @param name "scheduler": the part after {@code kubespring.} in property names
 * @param flags the component's own properties record first, then those that it shares with others
 * @param defaults of shared flags and of Boot's settings, by full or plain name
 * @param ahead called once the settings are known, while Boot still makes up its mind about beans: what takes long is begun here
 */
public record Component(
        String name,
        Class<?> application,
        List<Class<? extends Record>> flags,
        Map<String, Object> defaults,
        Consumer<ApplicationEnvironmentPreparedEvent> ahead) {

    public Component(String name, Class<?> application, Class<? extends Record> properties) {
        this(name, application, List.of(properties), Map.of(), event -> {});
    }

    /**
     * What several components have in common.
     *
     * @param flags shared by all that have it
     * @param defaults this component's own, by plain flag or full property name
     */
    public record Trait(Class<? extends Record> flags, Map<String, Object> defaults) {}

    /** The same component with one more trait. */
    public Component with(Trait trait) {
        List<Class<? extends Record>> all = new ArrayList<>(flags);
        all.add(trait.flags());
        return new Component(name, application, List.copyOf(all), defaults, ahead).defaulting(trait.defaults());
    }

    /** The same component with other defaults, by plain flag or full property name. */
    public Component defaulting(Map<String, Object> more) {
        Map<String, Object> merged = new HashMap<>(defaults);
        merged.putAll(qualified(more));
        return new Component(name, application, flags, Map.copyOf(merged), ahead);
    }

    /** The same component with something to begin while Boot still makes up its mind. */
    public Component ahead(Consumer<ApplicationEnvironmentPreparedEvent> work) {
        return new Component(name, application, flags, defaults, work);
    }

    /** Runs as the only component of this process; a wrong flag or start-up failure is one line and exit code 1. */
    public void main(String... args) {
        try {
            builder().listeners(new ExitWhenBroken()).run(new Flags(name, flags).toProperties(args));
        } catch (FlagException wrong) {
            System.err.println("Error: " + wrong.getMessage());
            System.exit(1);
        } catch (RuntimeException failure) {
            System.err.println("Error: " + rootMessage(failure));
            System.exit(1);
        }
    }

    /** Starts beside other components, with beans that they share put in first. Settings win over configuration files. */
    public ConfigurableApplicationContext start(Map<String, Object> settings, Map<String, Object> sharedBeans) {
        Map<String, Object> qualified = qualified(settings);
        ApplicationContextInitializer<GenericApplicationContext> share = context -> {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("settings", qualified));
            sharedBeans.forEach(context.getBeanFactory()::registerSingleton);
        };
        return builder()
                .initializers(share)
                // Also from the very start, when Boot sets up itself.
                .properties(qualified)
                .properties("spring.main.register-shutdown-hook=false")
                .run();
    }

    private Map<String, Object> qualified(Map<String, Object> settings) {
        Map<String, Object> qualified = new LinkedHashMap<>();
        settings.forEach(
                (key, value) -> qualified.put(key.indexOf('.') >= 0 ? key : "kubespring." + name + "." + key, value));
        return qualified;
    }

    private SpringApplicationBuilder builder() {
        boundEventLoops();
        HeapGovernor.start();
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.REACTIVE)
                .bannerMode(Banner.Mode.OFF)
                .listeners(new Ahead(ahead))
                .logStartupInfo(false)
                .properties(
                        "spring.config.name=kubespring-" + name,
                        "spring.application.name=" + name,
                        "spring.jmx.enabled=false",
                        "spring.main.lazy-initialization=false",
                        "server.shutdown=graceful",
                        "spring.lifecycle.timeout-per-shutdown-phase=5s",
                        "management.endpoints.web.exposure.include=health,info",
                        "management.endpoint.health.probes.enabled=true",
                        "management.endpoint.health.group.liveness.additional-path=server:/livez",
                        "management.endpoint.health.group.liveness.include=livenessState",
                        "management.endpoint.health.group.readiness.additional-path=server:/readyz",
                        "management.endpoint.health.group.readiness.include=*",
                        "management.endpoint.health.group.readiness.exclude=livenessState",
                        "management.endpoint.health.group.healthz.additional-path=server:/healthz",
                        "management.endpoint.health.group.healthz.include=livenessState")
                .properties(defaults);
    }

    /**
     * One event loop a processor, where Reactor Netty would have at least four: they never block, and more of them than can
     * run take processors from each other at any point of a request. Its own property, where it is set, wins.
     */
    private static void boundEventLoops() {
        if (System.getProperty(ReactorNetty.IO_WORKER_COUNT) == null) {
            System.setProperty(
                    ReactorNetty.IO_WORKER_COUNT,
                    Integer.toString(Runtime.getRuntime().availableProcessors()));
        }
    }

    /** Of this type and not a lambda, because Spring tells by a listener's class which events it is for. */
    private record Ahead(Consumer<ApplicationEnvironmentPreparedEvent> work)
            implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {
        @Override
        public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
            work.accept(event);
        }
    }

    /** What the deepest cause says: the sentence a user can act on. */
    public static String rootMessage(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
    }
}
