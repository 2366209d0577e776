package io.kubespring.kubelet.gc;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
import io.kubespring.kubelet.config.ImageSettings;
import io.kubespring.kubelet.fake.FakeRuntime;
import io.kubespring.kubelet.gc.ImageCollector.Disk;
import io.kubespring.node.cri.v1.ContainerConfig;
import io.kubespring.node.cri.v1.ImageSpec;
import io.kubespring.node.cri.v1.PodSandboxConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ImageCollectorTest {

    private final ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeRuntime runtime = new FakeRuntime(time);
    private Disk disk = new Disk(10_000, 5_000);
    private final ImageCollector collector =
            new ImageCollector(runtime, ImageSettings.defaults(), filesystems -> disk, time);

    @Test
    void aFullDiskCostsTheLeastRecentlyUsedImagesThatNobodyUses() throws IOException {
        runtime.addImage("old");
        runtime.addImage("used");
        runtime.createContainer(
                "s",
                ContainerConfig.newBuilder()
                        .setImage(ImageSpec.newBuilder().setImage("sha256:used"))
                        .build(),
                PodSandboxConfig.getDefaultInstance());
        collector.collect();
        assertThat(runtime.images).containsOnlyKeys("old", "used");

        time.advance(Duration.ofMinutes(10));
        runtime.addImage("young");
        disk = new Disk(10_000, 1_000);
        collector.collect();
        assertThat(runtime.images).containsOnlyKeys("used", "young");
    }
}
