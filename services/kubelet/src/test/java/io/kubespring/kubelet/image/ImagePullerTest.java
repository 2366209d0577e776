package io.kubespring.kubelet.image;

import static io.kubespring.kubelet.fake.PodText.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.time.ManualTime;
import io.kubespring.kubelet.failure.StartException;
import io.kubespring.kubelet.fake.FakeEvents;
import io.kubespring.kubelet.fake.FakeObjects;
import io.kubespring.kubelet.fake.FakeRuntime;
import io.kubespring.node.cri.v1.PodSandboxConfig;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ImagePullerTest {

    private final ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeRuntime runtime = new FakeRuntime(time);
    private final FakeEvents events = new FakeEvents();
    private final FakeObjects objects = new FakeObjects();
    private final ImagePuller puller = new ImagePuller(runtime, new PullCredentials(objects), events, time, true);

    private void ensure(String image, String policy) {
        Pod pod = pod("{imagePullSecrets: [{name: creds}], containers: [{name: c, image: '" + image
                + "', imagePullPolicy: " + policy + "}]}");
        puller.ensure(pod, pod.getSpec().getContainers().getFirst(), PodSandboxConfig.getDefaultInstance());
    }

    @Test
    void policiesDecideWhetherToPull() {
        runtime.pullable.put("r.test/app:1", "");
        ensure("r.test/app:1", "IfNotPresent");
        ensure("r.test/app:1", "IfNotPresent");
        assertThat(runtime.calls).containsExactly("pull r.test/app:1");
        ensure("r.test/app:1", "Always");
        assertThat(runtime.calls).hasSize(2);
        assertThat(events.seen)
                .contains("Pulling: Pulling image \"r.test/app:1\"")
                .contains("Pulled: Container image \"r.test/app:1\" already present on machine");
    }

    @Test
    void neverMeansNever() {
        assertThatThrownBy(() -> ensure("r.test/app:1", "Never"))
                .isInstanceOfSatisfying(
                        StartException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("ErrImageNeverPull"))
                .hasMessage("Container image \"r.test/app:1\" is not present with pull policy of Never");
        assertThat(runtime.calls).isEmpty();
    }

    @Test
    void failuresAreRetriedWithGrowingDelays() {
        assertThatThrownBy(() -> ensure("r.test/app:1", "IfNotPresent"))
                .isInstanceOfSatisfying(
                        StartException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("ErrImagePull"));
        assertThatThrownBy(() -> ensure("r.test/app:1", "IfNotPresent"))
                .hasMessageStartingWith("Back-off pulling image \"r.test/app:1\": ErrImagePull: ")
                .isInstanceOfSatisfying(
                        StartException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("ImagePullBackOff"));
        assertThat(runtime.calls).hasSize(1);
        time.advance(Duration.ofSeconds(11));
        runtime.pullable.put("r.test/app:1", "");
        ensure("r.test/app:1", "IfNotPresent");
    }

    @Test
    void credentialsOfTheRegistryAreTried() {
        objects.secret(
                "creds",
                ".dockerconfigjson",
                "{\"auths\": {\"r.test\": {\"auth\": \"dTpwYXNz\"}, \"other.test\": {\"username\": \"x\"}}}");
        runtime.pullable.put("r.test/app:1", "pass");
        ensure("r.test/app:1", "IfNotPresent");
        assertThat(runtime.lastAuth).isNotNull();
        assertThat(runtime.lastAuth.getUsername()).isEqualTo("u");
    }

    @Test
    void namesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> ensure("Bad Name", "IfNotPresent"))
                .isInstanceOfSatisfying(
                        StartException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("InvalidImageName"));
        assertThat(ImageName.withTag("busybox")).isEqualTo("busybox:latest");
        assertThat(ImageName.withTag("localhost:5000/a")).isEqualTo("localhost:5000/a:latest");
        assertThat(ImageName.registry("a/b")).isEqualTo("docker.io");
        assertThat(ImageName.registry("localhost:5000/a")).isEqualTo("localhost:5000");
    }
}
