package io.kubespring.kubelet.runtime;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.config.ContainerSettings;
import io.kubespring.kubelet.environment.ConfigException;
import io.kubespring.kubelet.environment.PodFields.NodeFacts;
import io.kubespring.kubelet.event.EventReason;
import io.kubespring.kubelet.event.PodEvents;
import io.kubespring.kubelet.failure.StartException;
import io.kubespring.kubelet.image.ImagePuller;
import io.kubespring.kubelet.lifecycle.HookRunner;
import io.kubespring.kubelet.lifecycle.HookRunner.HookException;
import io.kubespring.kubelet.pod.EphemeralContainers;
import io.kubespring.kubelet.state.ContainerInfo;
import io.kubespring.kubelet.state.PodState;
import io.kubespring.node.cri.CriException;
import io.kubespring.node.cri.CriRuntime;
import io.kubespring.node.cri.v1.ContainerConfig;
import io.kubespring.node.cri.v1.Image;
import io.kubespring.node.cri.v1.NamespaceMode;
import io.kubespring.node.cri.v1.PodSandboxConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Brings one container up: image, configuration, create, start, postStart. */
final class ContainerStarter {

    /** Where a container is to be started. */
    record Place(
            String sandboxId,
            PodSandboxConfig sandboxConfig,
            Map<String, Path> volumes,
            NodeFacts facts,
            PodState before) {}

    private final CriRuntime runtime;
    private final ImagePuller images;
    private final ContainerConfigs configs;
    private final HookRunner hooks;
    private final PodEvents events;
    private final LogLinks links;
    private final ContainerSettings settings;

    ContainerStarter(
            CriRuntime runtime,
            ImagePuller images,
            ContainerConfigs configs,
            HookRunner hooks,
            PodEvents events,
            LogLinks links,
            ContainerSettings settings) {
        this.runtime = runtime;
        this.images = images;
        this.configs = configs;
        this.hooks = hooks;
        this.events = events;
        this.links = links;
        this.settings = settings;
    }

    /**
     * @param attempt how often a container of that name was started before
     * @throws StartException with the reason that the container's waiting state shows
     */
    void start(Pod pod, Container container, int attempt, Place place) {
        Image image;
        try {
            image = images.ensure(pod, container, place.sandboxConfig());
        } catch (StartException failure) {
            events.warning(pod, container, EventReason.FAILED, "Error: " + failure.reason());
            throw failure;
        }
        ContainerConfig config = configure(pod, container, attempt, place, image);
        String id = create(pod, container, place, config);
        run(pod, container, place, config, id);
        postStart(pod, container, place, id);
    }

    private ContainerConfig configure(Pod pod, Container container, int attempt, Place place, Image image) {
        try {
            var config = configs.build(pod, container, image.getId(), image, place.volumes(), place.facts(), attempt);
            return amongProcessesOfTarget(container, config, place.before());
        } catch (ConfigException | IOException | io.kubespring.api.error.StatusException failure) {
            String message = String.valueOf(failure.getMessage());
            events.warning(pod, container, EventReason.FAILED, "Error: " + message);
            throw new StartException("CreateContainerConfigError", message);
        }
    }

    private static ContainerConfig amongProcessesOfTarget(Container container, ContainerConfig config, PodState state) {
        String name = EphemeralContainers.target(container);
        if (name == null) {
            return config;
        }
        ContainerInfo target = state.container(name);
        if (target == null) {
            throw new ConfigException("unable to find target container " + name);
        }
        var changed = config.toBuilder();
        changed.getLinuxBuilder()
                .getSecurityContextBuilder()
                .getNamespaceOptionsBuilder()
                .setPid(NamespaceMode.TARGET)
                .setTargetId(target.id());
        return changed.build();
    }

    private String create(Pod pod, Container container, Place place, ContainerConfig config) {
        try {
            Files.createDirectories(
                    Path.of(place.sandboxConfig().getLogDirectory()).resolve(container.getName()));
            String id = runtime.createContainer(place.sandboxId(), config, place.sandboxConfig());
            events.normal(pod, container, EventReason.CREATED, "Created container: " + container.getName());
            return id;
        } catch (CriException failure) {
            events.warning(pod, container, EventReason.FAILED, "Error: " + failure.getMessage());
            throw new StartException("CreateContainerError", failure.getMessage());
        } catch (IOException failure) {
            throw new StartException("CreateContainerError", String.valueOf(failure.getMessage()));
        }
    }

    private void run(Pod pod, Container container, Place place, ContainerConfig config, String id) {
        try {
            runtime.startContainer(id);
        } catch (CriException failure) {
            events.warning(pod, container, EventReason.FAILED, "Error: " + failure.getMessage());
            throw new StartException("RunContainerError", failure.getMessage());
        }
        events.normal(pod, container, EventReason.STARTED, "Started container " + container.getName());
        links.create(
                pod,
                container,
                id,
                Path.of(place.sandboxConfig().getLogDirectory()).resolve(config.getLogPath()));
    }

    private void postStart(Pod pod, Container container, Place place, String id) {
        LifecycleHandler handler = container.getLifecycle() == null
                ? null
                : container.getLifecycle().getPostStart();
        if (handler == null) {
            return;
        }
        var ips = place.facts().podIps();
        try {
            hooks.run(container, id, handler, ips.isEmpty() ? "" : ips.getFirst(), settings.runtimeRequestTimeout());
        } catch (HookException failure) {
            events.warning(pod, container, EventReason.FAILED_POST_START_HOOK, "PostStartHook failed");
            runtime.stopContainer(id, Duration.ofSeconds(2));
            throw new StartException("PostStartHookError", "PostStartHook failed");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartException("PostStartHookError", "interrupted");
        }
    }
}
