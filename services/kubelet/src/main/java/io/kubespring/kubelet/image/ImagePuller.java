package io.kubespring.kubelet.image;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.event.EventReason;
import io.kubespring.kubelet.event.PodEvents;
import io.kubespring.kubelet.failure.RestartBackoff;
import io.kubespring.kubelet.failure.StartException;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.node.cri.CriException;
import io.kubespring.node.cri.CriRuntime;
import io.kubespring.node.cri.v1.AuthConfig;
import io.kubespring.node.cri.v1.Image;
import io.kubespring.node.cri.v1.PodSandboxConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Sees to it that a container's image is here, by its pull policy; failures are retried with a growing delay. */
public final class ImagePuller {

    private static final int MANY = 100;

    private final CriRuntime runtime;
    private final PullCredentials credentials;
    private final PodEvents events;
    private final RestartBackoff backoff;
    private final TimeSource time;
    private final Semaphore turns;
    private final Map<String, Instant> failedAt = new ConcurrentHashMap<>();
    private final Map<String, String> lastError = new ConcurrentHashMap<>();

    /** @param serialize whether one image is pulled at a time */
    public ImagePuller(
            CriRuntime runtime, PullCredentials credentials, PodEvents events, TimeSource time, boolean serialize) {
        this.runtime = runtime;
        this.credentials = credentials;
        this.events = events;
        this.time = time;
        this.backoff = new RestartBackoff(time);
        this.turns = new Semaphore(serialize ? 1 : MANY, true);
    }

    /** @throws StartException with upstream's reasons (ErrImagePull, ImagePullBackOff, ErrImageNeverPull, …) */
    public Image ensure(Pod pod, Container container, PodSandboxConfig sandboxConfig) {
        String name = ImageName.withTag(container.getImage());
        if (!ImageName.isValid(name)) {
            String message = "Failed to apply default image tag \"" + container.getImage()
                    + "\": couldn't parse image name \"" + container.getImage() + "\": invalid reference format";
            events.warning(pod, container, EventReason.INSPECT_FAILED, message);
            throw new StartException("InvalidImageName", message);
        }
        Image present = inspect(pod, container, name);
        String policy = policy(container, name);
        if (present != null && !policy.equals("Always")) {
            events.normal(
                    pod,
                    container,
                    EventReason.PULLED,
                    "Container image " + quoted(container) + " already present on machine");
            return present;
        }
        if (policy.equals("Never")) {
            String message = "Container image " + quoted(container) + " is not present with pull policy of Never";
            events.warning(pod, container, EventReason.ERR_IMAGE_NEVER_PULL, message);
            throw new StartException("ErrImageNeverPull", message);
        }
        return pullUnlessTooSoon(pod, container, name, sandboxConfig);
    }

    private @Nullable Image inspect(Pod pod, Container container, String name) {
        try {
            return runtime.imageStatus(name);
        } catch (CriException failure) {
            String message = "Failed to inspect image " + quoted(container) + ": " + failure.rendered();
            events.warning(pod, container, EventReason.INSPECT_FAILED, message);
            throw new StartException("ImageInspectError", message);
        }
    }

    private static String policy(Container container, String name) {
        String policy = container.getImagePullPolicy();
        if (policy != null && !policy.isEmpty()) {
            return policy;
        }
        return name.endsWith(":latest") ? "Always" : "IfNotPresent";
    }

    private Image pullUnlessTooSoon(Pod pod, Container container, String name, PodSandboxConfig sandboxConfig) {
        String key = Pods.uid(pod) + "_" + container.getImage();
        Instant failed = failedAt.get(key);
        if (failed != null && backoff.remaining(key, failed).isPositive()) {
            String message = "Back-off pulling image " + quoted(container);
            events.normal(pod, container, EventReason.BACK_OFF, message);
            throw new StartException(
                    "ImagePullBackOff", message + ": ErrImagePull: " + lastError.getOrDefault(key, ""));
        }
        events.normal(pod, container, EventReason.PULLING, "Pulling image " + quoted(container));
        long asked = time.nanoTime();
        try {
            turns.acquire();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartException("ErrImagePull", "interrupted");
        }
        try {
            long began = time.nanoTime();
            Image image = pull(pod, name, sandboxConfig);
            failedAt.remove(key);
            backoff.forget(key);
            long now = time.nanoTime();
            events.normal(
                    pod,
                    container,
                    EventReason.PULLED,
                    "Successfully pulled image " + quoted(container) + " in " + seconds(now - began) + " ("
                            + seconds(now - asked) + " including waiting). Image size: " + image.getSize()
                            + " bytes.");
            return image;
        } catch (CriException failure) {
            events.warning(
                    pod,
                    container,
                    EventReason.FAILED,
                    "Failed to pull image " + quoted(container) + ": " + failure.rendered());
            Instant now = time.now();
            backoff.next(key, now);
            failedAt.put(key, now);
            lastError.put(key, failure.rendered());
            throw new StartException("ErrImagePull", failure.rendered());
        } finally {
            turns.release();
        }
    }

    private Image pull(Pod pod, String name, PodSandboxConfig sandboxConfig) {
        List<AuthConfig> candidates = credentials.find(pod, name);
        CriException last = null;
        for (AuthConfig candidate : candidates) {
            try {
                return pulled(runtime.pullImage(name, candidate, sandboxConfig));
            } catch (CriException failure) {
                last = failure;
            }
        }
        if (last != null) {
            throw last;
        }
        return pulled(runtime.pullImage(name, null, sandboxConfig));
    }

    private Image pulled(String reference) {
        Image image = runtime.imageStatus(reference);
        if (image == null) {
            throw new CriException(CriException.Code.NOT_FOUND, "image " + reference + " vanished after its pull");
        }
        return image;
    }

    /** Forgets the failures of a Pod that is gone. */
    public void forget(String podUid) {
        backoff.forget(podUid + "_");
        failedAt.keySet().removeIf(key -> key.startsWith(podUid));
        lastError.keySet().removeIf(key -> key.startsWith(podUid));
    }

    private static String quoted(Container container) {
        return '"' + container.getImage() + '"';
    }

    private static String seconds(long nanos) {
        long millis = Duration.ofNanos(nanos).toMillis();
        return millis < 1000 ? millis + "ms" : millis / 1000 + "." + String.format("%03d", millis % 1000) + "s";
    }
}
