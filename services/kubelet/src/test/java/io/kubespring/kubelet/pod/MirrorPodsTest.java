package io.kubespring.kubelet.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.fake.PodText;
import io.kubespring.testing.client.Simulation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MirrorPodsTest {

    private final Simulation world = new Simulation();
    private @Nullable String nodeUid = "node-uid";
    private final MirrorPods mirrors = new MirrorPods(world.client(), "node-a", () -> nodeUid);

    private static Pod staticPod(String hash) {
        Pod pod = PodText.named("web-node-a", "{nodeName: node-a, containers: [{name: main, image: 'app:1'}]}");
        pod.getMetadata().setAnnotations(new HashMap<>(Map.of(Pods.CONFIG_SOURCE, "file", Pods.CONFIG_HASH, hash)));
        return pod;
    }

    private List<Pod> atTheApiServer() {
        return Objects.requireNonNull(world.client()
                        .resources(Pod.class)
                        .inNamespace("ns")
                        .list()
                        .block())
                .items();
    }

    /** What the informer does. */
    private Pod seen() {
        Pod mirror = atTheApiServer().getFirst();
        mirrors.seen(mirror);
        return mirror;
    }

    @Test
    void aStaticPodIsShownAsOwnedByItsNode() {
        Pod pod = staticPod("h1");
        mirrors.reconcile(List.of(pod));
        Pod mirror = seen();
        assertThat(Pods.isMirror(mirror)).isTrue();
        assertThat(Pods.annotations(mirror)).containsEntry(Pods.CONFIG_MIRROR, "h1");
        assertThat(Pods.uid(mirror)).isNotEqualTo(Pods.uid(pod));
        assertThat(mirror.getSpec().getNodeName()).isEqualTo("node-a");
        var owner = mirror.getMetadata().getOwnerReferences().getFirst();
        assertThat(owner.getKind() + "/" + owner.getName() + "/" + owner.getUid())
                .isEqualTo("Node/node-a/node-uid");
        assertThat(owner.getController()).isTrue();
        assertThat(mirrors.of(pod)).isSameAs(mirror);
        mirrors.reconcile(List.of(pod));
        assertThat(atTheApiServer()).hasSize(1);
    }

    @Test
    void thereIsNoneBeforeTheNodeIsRegistered() {
        nodeUid = null;
        mirrors.reconcile(List.of(staticPod("h1")));
        assertThat(atTheApiServer()).isEmpty();
    }

    @Test
    void aChangedManifestGetsANewMirror() {
        mirrors.reconcile(List.of(staticPod("h1")));
        Pod old = seen();
        Pod changed = staticPod("h2");
        mirrors.reconcile(List.of(changed));
        assertThat(atTheApiServer()).as("the old one goes first").isEmpty();
        mirrors.gone(old);
        mirrors.reconcile(List.of(changed));
        assertThat(Pods.annotations(seen())).containsEntry(Pods.CONFIG_MIRROR, "h2");
    }

    @Test
    void aMirrorThatAUserDeletedComesBack() {
        Pod pod = staticPod("h1");
        mirrors.reconcile(List.of(pod));
        world.client()
                .resources(Pod.class)
                .inNamespace("ns")
                .delete("web-node-a")
                .block();
        Pod leaving = seen();
        assertThat(Pods.isDeleted(leaving)).isTrue();
        mirrors.reconcile(List.of(pod));
        mirrors.gone(leaving);
        mirrors.reconcile(List.of(pod));
        Pod again = seen();
        assertThat(Pods.isDeleted(again)).isFalse();
        assertThat(Pods.uid(again)).isNotEqualTo(Pods.uid(leaving));
    }

    @Test
    void aMirrorGoesWithItsManifest() {
        mirrors.reconcile(List.of(staticPod("h1")));
        seen();
        mirrors.reconcile(List.of());
        assertThat(atTheApiServer()).isEmpty();
    }
}
