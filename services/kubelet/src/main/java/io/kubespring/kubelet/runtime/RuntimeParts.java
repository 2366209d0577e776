package io.kubespring.kubelet.runtime;

import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.cluster.ConfigObjects;
import io.kubespring.kubelet.cluster.ServiceSource;
import io.kubespring.kubelet.config.KubeletConfig;
import io.kubespring.kubelet.environment.EnvironmentBuilder;
import io.kubespring.kubelet.event.PodEvents;
import io.kubespring.kubelet.failure.RestartBackoff;
import io.kubespring.kubelet.failure.StartErrors;
import io.kubespring.kubelet.image.ImagePuller;
import io.kubespring.kubelet.image.PullCredentials;
import io.kubespring.kubelet.lifecycle.HookRunner;
import io.kubespring.kubelet.network.HostsFile;
import io.kubespring.kubelet.network.PodDns;
import io.kubespring.kubelet.resources.LinuxResources;
import io.kubespring.kubelet.resources.PodCgroups;
import io.kubespring.kubelet.state.PodStateReader;
import io.kubespring.node.cri.CriRuntime;
import java.nio.file.Path;

/** Puts the parts that talk to the runtime together. */
public record RuntimeParts(
        PodStateReader reader, PodRunner runner, ContainerKiller killer, ImagePuller images, StartErrors errors) {

    public static RuntimeParts create(
            KubeletConfig config,
            CriRuntime runtime,
            ConfigObjects objects,
            ServiceSource services,
            PodEvents events,
            PodCgroups cgroups,
            LinuxResources resources,
            TimeSource time) {
        String domain = config.dns().clusterDomain();
        var folders = config.folders();
        var hooks = new HookRunner(runtime, time);
        var images = new ImagePuller(
                runtime,
                new PullCredentials(objects),
                events,
                time,
                config.images().serializeImagePulls());
        var configs = new ContainerConfigs(
                new EnvironmentBuilder(objects, services),
                new ContainerMounts(folders, new HostsFile(Path.of("/etc/hosts")), domain),
                new SecurityContexts(config.containers().seccompDefault()),
                resources);
        var starter = new ContainerStarter(
                runtime, images, configs, hooks, events, new LogLinks(folders), config.containers());
        var killer = new ContainerKiller(runtime, hooks, events, time);
        var errors = new StartErrors();
        var runner = new PodRunner(
                runtime,
                new SandboxConfigs(folders, cgroups, new PodDns(config.dns()), domain),
                starter,
                killer,
                errors,
                new RestartBackoff(time),
                events,
                folders);
        return new RuntimeParts(new PodStateReader(runtime), runner, killer, images, errors);
    }
}
