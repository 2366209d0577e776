package io.kubespring.kubelet.state;

import io.kubespring.node.cri.v1.PodSandboxState;
import io.kubespring.node.cri.v1.PodSandboxStatus;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the runtime has of one Pod. The truth from which a restarted kubelet goes on.
 *
 * @param sandboxes newest first
 * @param containers newest first, of all sandboxes
 */
public record PodState(String uid, List<PodSandboxStatus> sandboxes, List<ContainerInfo> containers) {

    public static PodState empty(String uid) {
        return new PodState(uid, List.of(), List.of());
    }

    /** The newest container of that name. */
    public @Nullable ContainerInfo container(String name) {
        return history(name).findFirst().orElse(null);
    }

    /** Every container of that name, newest first. */
    public Stream<ContainerInfo> history(String name) {
        return containers.stream().filter(container -> container.name().equals(name));
    }

    public @Nullable PodSandboxStatus newestSandbox() {
        return sandboxes.isEmpty() ? null : sandboxes.getFirst();
    }

    public @Nullable PodSandboxStatus readySandbox() {
        PodSandboxStatus newest = newestSandbox();
        return newest != null && isReady(newest) ? newest : null;
    }

    public static boolean isReady(PodSandboxStatus sandbox) {
        return sandbox.getState() == PodSandboxState.SANDBOX_READY;
    }

    /** Addresses of the sandbox that is ready; none with the host's network. */
    public List<String> ips() {
        PodSandboxStatus sandbox = readySandbox();
        if (sandbox == null || sandbox.getNetwork().getIp().isEmpty()) {
            return List.of();
        }
        var network = sandbox.getNetwork();
        return Stream.concat(
                        Stream.of(network.getIp()),
                        network.getAdditionalIpsList().stream().map(each -> each.getIp()))
                .toList();
    }

    public boolean hasRunningContainers() {
        return containers.stream().anyMatch(ContainerInfo::isRunning);
    }

    public List<ContainerInfo> running() {
        return containers.stream().filter(ContainerInfo::isRunning).toList();
    }
}
