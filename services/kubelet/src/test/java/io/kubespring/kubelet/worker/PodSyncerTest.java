package io.kubespring.kubelet.worker;

import static io.kubespring.kubelet.fake.PodText.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.fake.Workbench;
import io.kubespring.node.cri.CriRuntime.ExecResult;
import io.kubespring.node.cri.v1.KeyValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodSyncerTest {

    private static final String SIMPLE = "containers: [{name: main, image: 'app:1'}]";

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

    private PodSyncer.Outcome sync(Pod pod) throws IOException {
        return bench.syncer.sync(pod);
    }

    @Test
    void aNewPodGetsASandboxAndItsContainerAndIsReady() throws IOException {
        Pod pod = pod(SIMPLE);
        sync(pod);
        assertThat(bench.runtime.calls).containsExactly("sandbox p", "start main");
        assertThat(bench.status(pod).getPhase()).isEqualTo("Running");
        assertThat(bench.status(pod).getPodIP()).startsWith("10.0.0.");
        assertThat(bench.status(pod).getHostIP()).isEqualTo("192.0.2.1");
        assertThat(bench.status(pod).getQosClass()).isEqualTo("BestEffort");
        assertThat(bench.condition(pod, "Ready")).isEqualTo("True");
        assertThat(bench.condition(pod, "PodReadyToStartContainers")).isEqualTo("True");
        assertThat(bench.events.seen)
                .containsExactly(
                        "Pulled: Container image \"app:1\" already present on machine",
                        "Created: Created container: main",
                        "Started: Started container main");
    }

    @Test
    void whatRunsAsDescribedIsLeftAlone() throws IOException {
        Pod pod = pod(SIMPLE);
        sync(pod);
        bench.runtime.calls.clear();
        sync(pod);
        assertThat(bench.runtime.calls).isEmpty();
    }

    @Test
    void aRestartedKubeletAdoptsWhatRuns() throws IOException {
        Pod pod = pod(SIMPLE);
        sync(pod);
        bench.statuses.forget("u1");
        bench.runtime.calls.clear();
        sync(pod);
        assertThat(bench.runtime.calls).isEmpty();
        assertThat(bench.status(pod).getPhase()).isEqualTo("Running");
        assertThat(bench.container(pod, "main").getRestartCount()).isZero();
    }

    @Test
    void aCrashingContainerIsRestartedAfterGrowingDelays() throws IOException {
        Pod pod = pod(SIMPLE);
        sync(pod);
        bench.runtime.exit(bench.runtime.newest("main").getId(), 1);
        sync(pod);
        assertThat(bench.container(pod, "main").getRestartCount()).isEqualTo(1);

        bench.runtime.exit(bench.runtime.newest("main").getId(), 1);
        var outcome = sync(pod);
        assertThat(outcome.lookAgain()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
        var waiting = bench.container(pod, "main").getState().getWaiting();
        assertThat(waiting.getReason()).isEqualTo("CrashLoopBackOff");
        assertThat(waiting.getMessage()).isEqualTo("back-off 10s restarting failed container=main pod=p_ns(u1)");
        assertThat(bench.container(pod, "main").getLastState().getTerminated().getExitCode())
                .isEqualTo(1);
        assertThat(bench.status(pod).getPhase()).isEqualTo("Running");
        assertThat(bench.condition(pod, "Ready")).isEqualTo("False");
        assertThat(bench.events.seen).contains("BackOff: Back-off restarting failed container main in pod p_ns(u1)");

        bench.pass(Duration.ofSeconds(11));
        sync(pod);
        assertThat(bench.container(pod, "main").getRestartCount()).isEqualTo(2);
        bench.runtime.exit(bench.runtime.newest("main").getId(), 1);
        sync(pod);
        assertThat(bench.container(pod, "main").getState().getWaiting().getMessage())
                .startsWith("back-off 20s");
    }

    @Test
    void aPodThatNeverRestartsEndsByItsExitCodes() throws IOException {
        Pod good = pod("{restartPolicy: Never, containers: [{name: main, image: 'app:1'}]}");
        sync(good);
        bench.runtime.exit(bench.runtime.newest("main").getId(), 0);
        assertThat(sync(good).ended()).isTrue();
        bench.syncer.terminate(good, Duration.ZERO, null);
        assertThat(bench.status(good).getPhase()).isEqualTo("Succeeded");
        assertThat(bench.condition(good, "Ready")).isEqualTo("False");
    }

    @Test
    void aFailureUnderNeverFailsThePod() throws IOException {
        Pod pod = pod("{restartPolicy: Never, containers: [{name: main, image: 'app:1'}]}");
        sync(pod);
        bench.runtime.exit(bench.runtime.newest("main").getId(), 3);
        assertThat(sync(pod).ended()).isTrue();
        bench.syncer.terminate(pod, Duration.ZERO, null);
        assertThat(bench.status(pod).getPhase()).isEqualTo("Failed");
    }

    @Test
    void initContainersRunOneAfterAnotherBeforeTheOthers() throws IOException {
        Pod pod = pod("""
            initContainers: [{name: one, image: 'app:1'}, {name: two, image: 'app:1'}]
            containers: [{name: main, image: 'app:1'}]
            """);
        sync(pod);
        assertThat(bench.runtime.running()).containsExactly("one");
        assertThat(bench.status(pod).getPhase()).isEqualTo("Pending");
        assertThat(bench.condition(pod, "Initialized")).isEqualTo("False");
        assertThat(bench.container(pod, "main").getState().getWaiting().getReason())
                .isEqualTo("PodInitializing");
        bench.runtime.exit(bench.runtime.newest("one").getId(), 0);
        sync(pod);
        assertThat(bench.runtime.running()).containsExactly("two");
        bench.runtime.exit(bench.runtime.newest("two").getId(), 0);
        sync(pod);
        assertThat(bench.runtime.running()).containsExactly("main");
        assertThat(bench.condition(pod, "Initialized")).isEqualTo("True");
    }

    @Test
    void aSidecarRunsOnBesideTheMainContainerAndStopsAfterIt() throws IOException {
        Pod pod = pod("""
            initContainers: [{name: side, image: 'app:1', restartPolicy: Always}]
            containers: [{name: main, image: 'app:1'}]
            """);
        sync(pod);
        sync(pod);
        assertThat(bench.runtime.running()).containsExactly("main", "side");
        bench.runtime.calls.clear();
        bench.syncer.terminate(pod, Duration.ofSeconds(30), null);
        assertThat(bench.runtime.calls).first().asString().startsWith("stop main");
        assertThat(bench.runtime.calls).element(1).asString().startsWith("stop side");
    }

    @Test
    void aChangedImageReplacesTheContainer() throws IOException {
        Pod pod = pod(SIMPLE);
        sync(pod);
        bench.runtime.addImage("app:2");
        pod.getSpec().getContainers().getFirst().setImage("app:2");
        sync(pod);
        assertThat(bench.events.seen).contains("Killing: Container main definition changed, will be restarted");
        assertThat(bench.container(pod, "main").getRestartCount()).isEqualTo(1);
        assertThat(bench.runtime.running()).containsExactly("main");
    }

    @Test
    void aLostSandboxIsReplacedWithEverythingInIt() throws IOException {
        Pod pod = pod(SIMPLE);
        sync(pod);
        String sandbox =
                bench.runtime.listPodSandboxes(java.util.Map.of()).getFirst().getId();
        bench.runtime.stopPodSandbox(sandbox);
        sync(pod);
        assertThat(bench.events.seen)
                .contains("SandboxChanged: Pod sandbox changed, it will be killed and re-created.");
        assertThat(bench.runtime.running()).containsExactly("main");
    }

    @Test
    void missingConfigurationIsNamed() throws IOException {
        Pod pod = pod("""
            containers:
            - {name: main, image: 'app:1', envFrom: [{configMapRef: {name: absent}}]}
            """);
        sync(pod);
        var waiting = bench.container(pod, "main").getState().getWaiting();
        assertThat(waiting.getReason()).isEqualTo("CreateContainerConfigError");
        assertThat(waiting.getMessage()).isEqualTo("configmap \"absent\" not found");
        bench.objects.configMap("absent", "KEY", "value");
        sync(pod);
        assertThat(bench.runtime.configs.get("main").getEnvsList())
                .extracting(KeyValue::getKey)
                .contains("KEY");
    }

    @Test
    void aVolumeThatCannotBeMountedHoldsThePodBack() throws IOException {
        Pod pod = pod("""
            containers: [{name: main, image: 'app:1'}]
            volumes: [{name: v, secret: {secretName: absent}}]
            """);
        assertThat(sync(pod).lookAgain()).isNotNull();
        assertThat(bench.runtime.calls).isEmpty();
        assertThat(bench.events.seen)
                .contains("FailedMount: MountVolume.SetUp failed for volume \"v\" : secret \"absent\" not found");
        assertThat(bench.container(pod, "main").getState().getWaiting().getReason())
                .isEqualTo("ContainerCreating");
    }

    @Test
    void aRejectedPodFailsWithTheReason() throws IOException {
        bench.rejection = new NodeView.Rejection("OutOfcpu", "no CPU");
        Pod pod = pod(SIMPLE);
        assertThat(sync(pod).ended()).isTrue();
        assertThat(bench.status(pod).getPhase()).isEqualTo("Failed");
        assertThat(bench.status(pod).getReason()).isEqualTo("OutOfcpu");
        assertThat(bench.runtime.calls).isEmpty();
    }

    @Test
    void withoutANetworkOnlyHostNetworkPodsStart() throws IOException {
        bench.networkProblem = "cni plugin not initialized";
        Pod pod = pod(SIMPLE);
        sync(pod);
        assertThat(bench.runtime.calls).isEmpty();
        assertThat(bench.events.seen).contains("NetworkNotReady: network is not ready: cni plugin not initialized");
        pod.getSpec().setHostNetwork(true);
        sync(pod);
        assertThat(bench.runtime.running()).containsExactly("main");
        assertThat(bench.status(pod).getPodIP()).isEqualTo("192.0.2.1");
    }

    @Test
    void preStopRunsBeforeTheSignalWithinTheGracePeriod() throws IOException {
        Pod pod = pod("""
            containers:
            - {name: main, image: 'app:1', lifecycle: {preStop: {exec: {command: [bye]}}}}
            """);
        sync(pod);
        bench.runtime.exec = command -> {
            bench.pass(Duration.ofSeconds(4));
            return new ExecResult(0, new byte[0], new byte[0]);
        };
        bench.runtime.calls.clear();
        bench.syncer.terminate(pod, Duration.ofSeconds(10), null);
        assertThat(bench.runtime.calls).startsWith("exec bye", "stop main 6s");
        assertThat(bench.events.seen).contains("Killing: Stopping container main");
    }

    @Test
    void aFailedPostStartHookEndsTheContainer() throws IOException {
        bench.runtime.exec = command -> new ExecResult(1, "no".getBytes(StandardCharsets.UTF_8), new byte[0]);
        Pod pod = pod("""
            containers:
            - {name: main, image: 'app:1', lifecycle: {postStart: {exec: {command: [hello]}}}}
            """);
        sync(pod);
        assertThat(bench.runtime.running()).isEmpty();
        assertThat(bench.events.seen).contains("FailedPostStartHook: PostStartHook failed");
        assertThat(bench.container(pod, "main").getState().getWaiting().getReason())
                .isEqualTo("PostStartHookError");
    }

    @Test
    void theObjectGoesOnlyWhenNothingIsLeft() throws IOException {
        Pod pod = pod(SIMPLE);
        sync(pod);
        pod.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        pod.getMetadata().setDeletionGracePeriodSeconds(0L);
        bench.statuses.set(pod, bench.status(pod));
        bench.syncer.terminate(pod, Duration.ZERO, null);
        assertThat(bench.deleted).isEmpty();
        bench.syncer.release(pod);
        bench.statuses.start();
        await(() -> bench.deleted.size() == 1);
        assertThat(bench.runtime.running()).isEmpty();
        assertThat(bench.mounts.mounted).isEmpty();
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + 5_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
