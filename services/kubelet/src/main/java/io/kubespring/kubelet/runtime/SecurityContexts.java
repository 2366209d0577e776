package io.kubespring.kubelet.runtime;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.kubespring.kubelet.environment.ConfigException;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.node.cri.v1.Capability;
import io.kubespring.node.cri.v1.Image;
import io.kubespring.node.cri.v1.Int64Value;
import io.kubespring.node.cri.v1.LinuxContainerSecurityContext;
import io.kubespring.node.cri.v1.NamespaceMode;
import io.kubespring.node.cri.v1.NamespaceOption;
import io.kubespring.node.cri.v1.SecurityProfile;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Security settings of Pod and container, the container's own winning, in the runtime's terms. */
final class SecurityContexts {

    /** Parts of /proc and /sys that a container may not read, as upstream's default procMount. */
    private static final List<String> MASKED = List.of(
            "/proc/asound",
            "/proc/acpi",
            "/proc/interrupts",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/sys/firmware",
            "/sys/devices/virtual/powercap");

    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private final boolean seccompDefault;

    SecurityContexts(boolean seccompDefault) {
        this.seccompDefault = seccompDefault;
    }

    static Int64Value number(long value) {
        return Int64Value.newBuilder().setValue(value).build();
    }

    static SecurityProfile runtimeDefault() {
        return SecurityProfile.newBuilder()
                .setProfileType(SecurityProfile.ProfileType.RuntimeDefault)
                .build();
    }

    static NamespaceOption namespaces(Pod pod) {
        var spec = pod.getSpec();
        NamespaceMode pid = NamespaceMode.CONTAINER;
        if (Boolean.TRUE.equals(spec.getHostPID())) {
            pid = NamespaceMode.NODE;
        } else if (Boolean.TRUE.equals(spec.getShareProcessNamespace())) {
            pid = NamespaceMode.POD;
        }
        return NamespaceOption.newBuilder()
                .setNetwork(Pods.isHostNetwork(pod) ? NamespaceMode.NODE : NamespaceMode.POD)
                .setPid(pid)
                .setIpc(Boolean.TRUE.equals(spec.getHostIPC()) ? NamespaceMode.NODE : NamespaceMode.POD)
                .build();
    }

    static boolean anyPrivileged(Pod pod) {
        return Pods.allContainers(pod).anyMatch(SecurityContexts::isPrivileged);
    }

    static boolean isPrivileged(Container container) {
        var own = container.getSecurityContext();
        return own != null && Boolean.TRUE.equals(own.getPrivileged());
    }

    LinuxContainerSecurityContext forContainer(Pod pod, Container container, @Nullable Image image) {
        SecurityContext own = container.getSecurityContext();
        PodSecurityContext ofPod = pod.getSpec().getSecurityContext();
        Long user = pick(own, SecurityContext::getRunAsUser, ofPod, PodSecurityContext::getRunAsUser);
        Boolean nonRoot = pick(own, SecurityContext::getRunAsNonRoot, ofPod, PodSecurityContext::getRunAsNonRoot);
        if (Boolean.TRUE.equals(nonRoot)) {
            verifyNonRoot(pod, container, user, image);
        }
        var result = LinuxContainerSecurityContext.newBuilder()
                .setNamespaceOptions(namespaces(pod))
                .setPrivileged(isPrivileged(container))
                .setSeccomp(seccomp(own, ofPod))
                .addAllMaskedPaths(isPrivileged(container) ? List.of() : MASKED)
                .addAllReadonlyPaths(isPrivileged(container) ? List.of() : READ_ONLY);
        if (user != null) {
            result.setRunAsUser(number(user));
        } else if (image != null && image.hasUid()) {
            result.setRunAsUser(image.getUid());
        } else if (image != null && !image.getUsername().isEmpty()) {
            result.setRunAsUsername(image.getUsername());
        }
        Long group = pick(own, SecurityContext::getRunAsGroup, ofPod, PodSecurityContext::getRunAsGroup);
        if (group != null) {
            result.setRunAsGroup(number(group));
        }
        if (ofPod != null) {
            if (ofPod.getFsGroup() != null) {
                result.addSupplementalGroups(ofPod.getFsGroup());
            }
            if (ofPod.getSupplementalGroups() != null) {
                result.addAllSupplementalGroups(ofPod.getSupplementalGroups());
            }
        }
        if (own != null) {
            result.setReadonlyRootfs(Boolean.TRUE.equals(own.getReadOnlyRootFilesystem()))
                    .setNoNewPrivs(Boolean.FALSE.equals(own.getAllowPrivilegeEscalation()));
            if (own.getCapabilities() != null) {
                result.setCapabilities(capabilities(own.getCapabilities()));
            }
        }
        return result.build();
    }

    private static Capability capabilities(Capabilities wanted) {
        var capability = Capability.newBuilder();
        if (wanted.getAdd() != null) {
            capability.addAllAddCapabilities(wanted.getAdd());
        }
        if (wanted.getDrop() != null) {
            capability.addAllDropCapabilities(wanted.getDrop());
        }
        return capability.build();
    }

    private SecurityProfile seccomp(@Nullable SecurityContext own, @Nullable PodSecurityContext ofPod) {
        SeccompProfile profile =
                pick(own, SecurityContext::getSeccompProfile, ofPod, PodSecurityContext::getSeccompProfile);
        String type = profile == null ? (seccompDefault ? "RuntimeDefault" : "Unconfined") : profile.getType();
        var result = SecurityProfile.newBuilder();
        return switch (type) {
            case "RuntimeDefault" -> runtimeDefault();
            case "Localhost" ->
                result.setProfileType(SecurityProfile.ProfileType.Localhost)
                        .setLocalhostRef(
                                "/var/lib/kubelet/seccomp/" + (profile == null ? "" : profile.getLocalhostProfile()))
                        .build();
            default ->
                result.setProfileType(SecurityProfile.ProfileType.Unconfined).build();
        };
    }

    private static void verifyNonRoot(Pod pod, Container container, @Nullable Long user, @Nullable Image image) {
        String where = " (pod: \"" + Pods.described(pod) + "\", container: " + container.getName() + ")";
        if (user != null) {
            if (user == 0) {
                throw new ConfigException("container's runAsUser breaks non-root policy" + where);
            }
            return;
        }
        if (image == null
                || image.hasUid() && image.getUid().getValue() == 0
                || !image.hasUid() && image.getUsername().isEmpty()) {
            throw new ConfigException("container has runAsNonRoot and image will run as root" + where);
        }
        if (!image.hasUid()) {
            throw new ConfigException("container has runAsNonRoot and image has non-numeric user ("
                    + image.getUsername() + "), cannot verify user is non-root" + where);
        }
    }

    private static <T> @Nullable T pick(
            @Nullable SecurityContext own,
            Function<SecurityContext, @Nullable T> ofOwn,
            @Nullable PodSecurityContext pod,
            Function<PodSecurityContext, @Nullable T> ofPod) {
        T value = own == null ? null : ofOwn.apply(own);
        if (value != null) {
            return value;
        }
        return pod == null ? null : ofPod.apply(pod);
    }
}
