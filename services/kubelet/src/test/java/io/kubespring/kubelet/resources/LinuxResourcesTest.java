package io.kubespring.kubelet.resources;

import static io.kubespring.kubelet.fake.PodText.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;

class LinuxResourcesTest {

    private final LinuxResources resources = new LinuxResources(8L << 30, true, 100);

    private static Pod with(String amounts) {
        return pod("containers: [{name: c, image: i, resources: " + amounts + "}]");
    }

    @Test
    void requestsBecomeSharesAndLimitsQuotas() {
        Pod pod = with("{requests: {cpu: 250m, memory: 64Mi}, limits: {cpu: 500m, memory: 128Mi}}");
        var linux = resources.container(pod, pod.getSpec().getContainers().getFirst());
        assertThat(linux.getCpuShares()).isEqualTo(256);
        assertThat(linux.getCpuQuota()).isEqualTo(50_000);
        assertThat(linux.getCpuPeriod()).isEqualTo(100_000);
        assertThat(linux.getMemoryLimitInBytes()).isEqualTo(128L << 20);
        assertThat(linux.getOomScoreAdj()).isEqualTo(993);
    }

    @Test
    void classesAndTheirScores() {
        Pod guaranteed = with("{limits: {cpu: 1, memory: 1Gi}}");
        Pod burstable = with("{requests: {cpu: 1m}}");
        Pod bestEffort = with("{}");
        assertThat(QosClass.of(guaranteed)).isEqualTo(QosClass.GUARANTEED);
        assertThat(QosClass.of(burstable)).isEqualTo(QosClass.BURSTABLE);
        assertThat(QosClass.of(bestEffort)).isEqualTo(QosClass.BEST_EFFORT);
        assertThat(score(guaranteed)).isEqualTo(-997);
        assertThat(score(burstable)).isEqualTo(999);
        assertThat(score(bestEffort)).isEqualTo(1000);
    }

    private int score(Pod pod) {
        return resources.oomScore(pod, pod.getSpec().getContainers().getFirst());
    }

    @Test
    void aPodIsLimitedOnlyWhereAllItsContainersAre() {
        Pod half = pod("containers: [{name: a, image: i, resources: {limits: {memory: 1Gi}}}, {name: b, image: i}]");
        assertThat(resources.pod(half).memoryBytes()).isEqualTo(-1);
        Pod all = pod("containers: [{name: a, image: i, resources: {limits: {memory: 1Gi}}},"
                + " {name: b, image: i, resources: {limits: {memory: 1Gi}}}]");
        assertThat(resources.pod(all).memoryBytes()).isEqualTo(2L << 30);
        assertThat(resources.pod(all).processes()).isEqualTo(100);
    }

    @Test
    void initContainersCountByTheirLargestAndSidecarsAlways() {
        Pod pod = pod("""
            initContainers:
            - {name: side, image: i, restartPolicy: Always, resources: {requests: {cpu: 100m}}}
            - {name: init, image: i, resources: {requests: {cpu: 500m}}}
            containers:
            - {name: main, image: i, resources: {requests: {cpu: 200m}}}
            """);
        assertThat(PodRequests.milliCpu(pod)).isEqualTo(600);
        pod.getSpec().getInitContainers().removeLast();
        assertThat(PodRequests.milliCpu(pod)).isEqualTo(300);
    }

    @Test
    void sharesStayWithinTheKernelsBounds() {
        assertThat(LinuxResources.shares(0)).isEqualTo(2);
        assertThat(LinuxResources.shares(1_000_000)).isEqualTo(262_144);
        assertThat(LinuxResources.quotaMicros(1)).isEqualTo(1000);
    }
}
