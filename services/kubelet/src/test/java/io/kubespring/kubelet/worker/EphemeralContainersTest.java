package io.kubespring.kubelet.worker;

import static io.kubespring.kubelet.fake.PodText.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.fake.Workbench;
import io.kubespring.node.cri.v1.NamespaceMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** KEP-277: what {@code kubectl debug} adds to a Pod that lives. */
class EphemeralContainersTest {

    private static final String MAIN = "containers: [{name: main, image: 'app:1'}]";

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void setUp() throws IOException {
        bench = new Workbench(folder);
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    private static Pod visited(String containers, String visitor) {
        return pod("{" + containers + ", ephemeralContainers: [" + visitor + "]}");
    }

    private ContainerStatus visitor(Pod pod) {
        return bench.status(pod).getEphemeralContainerStatuses().getFirst();
    }

    @Test
    void oneThatIsAddedStartsAndTheOthersGoOn() throws IOException {
        bench.syncer.sync(pod(MAIN));
        bench.runtime.calls.clear();
        Pod pod = visited(MAIN, "{name: look, image: 'app:1', stdin: true}");
        bench.syncer.sync(pod);
        assertThat(bench.runtime.calls).containsExactly("start look");
        assertThat(visitor(pod).getState().getRunning()).isNotNull();
        assertThat(visitor(pod).getReady()).isFalse();
        assertThat(bench.condition(pod, "Ready")).isEqualTo("True");
        assertThat(bench.runtime.configs.get("look").getStdin()).isTrue();
    }

    @Test
    void itSeesTheProcessesOfItsTarget() throws IOException {
        Pod pod = visited(MAIN, "{name: look, image: 'app:1', targetContainerName: main}");
        bench.syncer.sync(pod(MAIN));
        bench.syncer.sync(pod);
        var namespaces = bench.runtime
                .configs
                .get("look")
                .getLinux()
                .getSecurityContext()
                .getNamespaceOptions();
        assertThat(namespaces.getPid()).isEqualTo(NamespaceMode.TARGET);
        assertThat(namespaces.getTargetId())
                .isEqualTo(bench.runtime.newest("main").getId());
    }

    @Test
    void aTargetThatIsNotThereIsNamed() throws IOException {
        bench.syncer.sync(pod(MAIN));
        Pod pod = visited(MAIN, "{name: look, image: 'app:1', targetContainerName: none}");
        bench.syncer.sync(pod);
        assertThat(visitor(pod).getState().getWaiting().getReason()).isEqualTo("CreateContainerConfigError");
        assertThat(visitor(pod).getState().getWaiting().getMessage()).isEqualTo("unable to find target container none");
    }

    @Test
    void itIsNeverStartedAgain() throws IOException {
        bench.syncer.sync(pod(MAIN));
        Pod pod = visited(MAIN, "{name: look, image: 'app:1'}");
        bench.syncer.sync(pod);
        bench.runtime.exit(bench.runtime.newest("look").getId(), 3);
        bench.runtime.calls.clear();
        bench.syncer.sync(pod);
        assertThat(bench.runtime.calls).isEmpty();
        assertThat(visitor(pod).getState().getTerminated().getExitCode()).isEqualTo(3);
        assertThat(bench.status(pod).getPhase()).isEqualTo("Running");
    }

    @Test
    void itStartsWhileThePodIsStillInitializing() throws IOException {
        String waits = "initContainers: [{name: one, image: 'app:1'}], " + MAIN;
        bench.syncer.sync(pod("{" + waits + "}"));
        bench.syncer.sync(visited(waits, "{name: look, image: 'app:1'}"));
        assertThat(bench.runtime.running()).containsExactlyInAnyOrder("one", "look");
    }

    @Test
    void aPodEndsWithItsOwnContainersAndTakesItAlong() throws IOException {
        String once = "restartPolicy: Never, " + MAIN;
        bench.syncer.sync(pod("{" + once + "}"));
        Pod pod = visited(once, "{name: look, image: 'app:1'}");
        bench.syncer.sync(pod);
        bench.runtime.exit(bench.runtime.newest("main").getId(), 0);
        assertThat(bench.syncer.sync(pod).ended()).isTrue();
        bench.syncer.terminate(pod, Duration.ZERO, null);
        assertThat(bench.runtime.running()).isEmpty();
        assertThat(bench.status(pod).getPhase()).isEqualTo("Succeeded");
    }
}
