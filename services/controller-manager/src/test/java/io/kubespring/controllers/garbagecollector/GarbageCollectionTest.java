package io.kubespring.controllers.garbagecollector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.kubespring.client.DeleteOptions;
import io.kubespring.client.DeleteOptions.Propagation;
import io.kubespring.controllers.support.ControllersFixture;
import io.kubespring.testing.client.Simulation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GarbageCollectionTest {

    private final ControllersFixture fixture = new ControllersFixture();
    private final Simulation simulation = fixture.simulation();

    @Test
    void backgroundDeletionTakesTheWholeChainAlong() {
        start();
        ConfigMap owner = map("owner");
        ConfigMap child = map("child", ref(owner));
        map("grandchild", ref(child));
        map("stranger");
        fixture.settle();
        delete("owner", Propagation.BACKGROUND);
        simulation.advance(Duration.ofSeconds(2));
        assertThat(names()).containsExactly("stranger");
    }

    @Test
    void ownerThatWasGoneBeforeWeStartedIsFoundOut() {
        ConfigMap owner = map("owner");
        map("child", ref(owner));
        simulation
                .client()
                .resources(ConfigMap.class)
                .inNamespace("default")
                .delete("owner")
                .block();
        start();
        simulation.advance(Duration.ofSeconds(2));
        assertThat(names()).isEmpty();
    }

    @Test
    void ownerOfTheSameNameButAnotherUidIsNoOwner() {
        ConfigMap owner = map("owner");
        map("child", ref(owner));
        simulation
                .client()
                .resources(ConfigMap.class)
                .inNamespace("default")
                .delete("owner")
                .block();
        map("owner");
        start();
        simulation.advance(Duration.ofSeconds(2));
        assertThat(names()).containsExactly("owner");
    }

    @Test
    void oneOwnerLeftIsEnoughAndTheOtherReferenceGoes() {
        start();
        ConfigMap first = map("first");
        ConfigMap second = map("second");
        map("child", ref(first), ref(second));
        fixture.settle();
        delete("first", Propagation.BACKGROUND);
        simulation.advance(Duration.ofSeconds(2));
        assertThat(names()).containsExactly("child", "second");
        assertThat(get("child").getMetadata().getOwnerReferences())
                .extracting(OwnerReference::getName)
                .containsExactly("second");
    }

    @Test
    void foregroundDeletionKeepsTheOwnerUntilBlockingDependentsAreGone() {
        start();
        ConfigMap owner = map("owner");
        ConfigMap child = map("child", ref(owner));
        hold(child);
        fixture.settle();
        delete("owner", Propagation.FOREGROUND);
        simulation.advance(Duration.ofSeconds(2));
        assertThat(get("owner").getMetadata().getFinalizers()).containsExactly("foregroundDeletion");
        assertThat(get("child").getMetadata().getDeletionTimestamp()).isNotNull();
        release("child");
        simulation.advance(Duration.ofSeconds(2));
        assertThat(names()).isEmpty();
    }

    @Test
    void dependentThatDoesNotBlockIsNotWaitedFor() {
        start();
        ConfigMap owner = map("owner");
        OwnerReference reference = ref(owner);
        reference.setBlockOwnerDeletion(false);
        hold(map("child", reference));
        fixture.settle();
        delete("owner", Propagation.FOREGROUND);
        simulation.advance(Duration.ofSeconds(2));
        assertThat(names()).containsExactly("child");
    }

    @Test
    void orphaningLeavesDependentsWithoutReference() {
        start();
        ConfigMap owner = map("owner");
        map("child", ref(owner));
        fixture.settle();
        delete("owner", Propagation.ORPHAN);
        simulation.advance(Duration.ofSeconds(2));
        assertThat(names()).containsExactly("child");
        assertThat(get("child").getMetadata().getOwnerReferences()).isEmpty();
    }

    @Test
    void clusterScopedOwnerIsFoundWithoutNamespace() {
        start();
        Node node = simulation.create(new NodeBuilder()
                .withNewMetadata()
                .withName("node")
                .endMetadata()
                .build());
        map("child", ref(node));
        simulation.advance(Duration.ofSeconds(2));
        assertThat(names()).containsExactly("child");
        simulation.client().resources(Node.class).delete("node").block();
        simulation.advance(Duration.ofSeconds(2));
        assertThat(names()).isEmpty();
    }

    @Test
    void ownerInAnotherNamespaceCountsAsAbsent() {
        start();
        ConfigMap owner = simulation.create(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("other")
                .withName("owner")
                .endMetadata()
                .build());
        fixture.settle();
        map("child", ref(owner));
        simulation.advance(Duration.ofSeconds(2));
        assertThat(simulation.find(ConfigMap.class, "default", "child")).isNull();
        assertThat(simulation.find(ConfigMap.class, "other", "owner")).isNotNull();
    }

    @Test
    void clusterScopedObjectOfANamespacedOwnerIsLeftAlone() {
        start();
        ConfigMap owner = map("owner");
        Node node = new NodeBuilder()
                .withNewMetadata()
                .withName("node")
                .withOwnerReferences(ref(owner))
                .endMetadata()
                .build();
        simulation.create(node);
        fixture.settle();
        delete("owner", Propagation.BACKGROUND);
        simulation.advance(Duration.ofSeconds(2));
        assertThat(simulation.find(Node.class, "", "node")).isNotNull();
    }

    @Test
    void ownerOfAnUnknownKindKeepsItsDependent() {
        start();
        OwnerReference reference = new OwnerReferenceBuilder()
                .withApiVersion("example.com/v1")
                .withKind("Widget")
                .withName("w")
                .withUid("u-1")
                .build();
        map("child", reference);
        simulation.advance(Duration.ofSeconds(5));
        assertThat(names()).containsExactly("child");
    }

    private void start() {
        fixture.start(GarbageCollectorController::register);
        fixture.settle();
    }

    private ConfigMap map(String name, OwnerReference... owners) {
        return simulation.create(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withOwnerReferences(owners)
                .endMetadata()
                .build());
    }

    private void hold(ConfigMap map) {
        map.getMetadata().setFinalizers(List.of("example.com/hold"));
        simulation.client().resources(ConfigMap.class).update(map).block();
    }

    private void release(String name) {
        ConfigMap map = get(name);
        map.getMetadata().setFinalizers(List.of());
        simulation.client().resources(ConfigMap.class).update(map).block();
    }

    private void delete(String name, Propagation policy) {
        simulation
                .client()
                .resources(ConfigMap.class)
                .inNamespace("default")
                .delete(name, DeleteOptions.DEFAULT.propagation(policy))
                .block();
    }

    private ConfigMap get(String name) {
        return simulation.get(ConfigMap.class, "default", name);
    }

    private List<String> names() {
        return simulation.list(ConfigMap.class).stream()
                .map(map -> map.getMetadata().getName())
                .sorted()
                .toList();
    }

    private static OwnerReference ref(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withBlockOwnerDeletion(true)
                .build();
    }
}
