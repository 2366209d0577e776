package io.kubespring.kubelet.runtime;

import com.google.protobuf.ByteString;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.environment.EnvironmentBuilder;
import io.kubespring.kubelet.environment.Expansion;
import io.kubespring.kubelet.environment.PodFields.NodeFacts;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.resources.LinuxResources;
import io.kubespring.kubelet.state.Labels;
import io.kubespring.node.cri.v1.ContainerConfig;
import io.kubespring.node.cri.v1.ContainerMetadata;
import io.kubespring.node.cri.v1.Image;
import io.kubespring.node.cri.v1.ImageSpec;
import io.kubespring.node.cri.v1.KeyValue;
import io.kubespring.node.cri.v1.LinuxContainerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A container as the runtime wants it described. */
final class ContainerConfigs {

    private final EnvironmentBuilder environments;
    private final ContainerMounts mounts;
    private final SecurityContexts security;
    private final LinuxResources resources;

    ContainerConfigs(
            EnvironmentBuilder environments,
            ContainerMounts mounts,
            SecurityContexts security,
            LinuxResources resources) {
        this.environments = environments;
        this.mounts = mounts;
        this.security = security;
        this.resources = resources;
    }

    /**
     * @param image what was pulled, for the user it names
     * @throws io.kubespring.kubelet.environment.ConfigException where the Pod refers to what is not there
     */
    ContainerConfig build(
            Pod pod,
            Container container,
            String imageReference,
            @Nullable Image image,
            Map<String, Path> volumes,
            NodeFacts facts,
            int attempt)
            throws IOException {
        Map<String, String> environment = environments.build(pod, container, facts);
        var config = ContainerConfig.newBuilder()
                .setMetadata(ContainerMetadata.newBuilder()
                        .setName(container.getName())
                        .setAttempt(attempt))
                .setImage(ImageSpec.newBuilder().setImage(imageReference).setUserSpecifiedImage(container.getImage()))
                .addAllCommand(expand(container.getCommand(), environment))
                .addAllArgs(expand(container.getArgs(), environment))
                .setWorkingDir(container.getWorkingDir() == null ? "" : container.getWorkingDir())
                .addAllMounts(mounts.build(pod, container, volumes, facts.podIps(), environment, attempt))
                .setLogPath(container.getName() + "/" + attempt + ".log")
                .setStdin(Boolean.TRUE.equals(container.getStdin()))
                .setStdinOnce(Boolean.TRUE.equals(container.getStdinOnce()))
                .setTty(Boolean.TRUE.equals(container.getTty()))
                .setLinux(LinuxContainerConfig.newBuilder()
                        .setResources(resources.container(pod, container))
                        .setSecurityContext(security.forContainer(pod, container, image)));
        environment.forEach((name, value) ->
                config.addEnvs(KeyValue.newBuilder().setKey(name).setValue(ByteString.copyFromUtf8(value))));
        identify(pod, container, attempt, config);
        return config.build();
    }

    private static void identify(Pod pod, Container container, int attempt, ContainerConfig.Builder config) {
        String policy = container.getTerminationMessagePolicy();
        config.putLabels(Labels.CONTAINER_NAME, container.getName())
                .putLabels(Labels.POD_NAME, pod.getMetadata().getName())
                .putLabels(Labels.POD_NAMESPACE, pod.getMetadata().getNamespace())
                .putLabels(Labels.POD_UID, Pods.uid(pod))
                .putAnnotations(Labels.HASH, ContainerHash.of(container))
                .putAnnotations(Labels.RESTART_COUNT, Integer.toString(attempt))
                .putAnnotations(Labels.TERMINATION_PATH, ContainerMounts.terminationPath(container))
                .putAnnotations(Labels.TERMINATION_POLICY, policy == null ? "File" : policy);
        Long grace = pod.getSpec().getTerminationGracePeriodSeconds();
        if (grace != null) {
            config.putAnnotations(Labels.GRACE_PERIOD, grace.toString());
        }
    }

    private static List<String> expand(@Nullable List<String> words, Map<String, String> environment) {
        return words == null
                ? List.of()
                : words.stream()
                        .map(word -> Expansion.expand(word, environment))
                        .toList();
    }
}
