package io.kubespring.testing.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informer;
import io.kubespring.client.informer.InformerOptions;
import io.kubespring.client.informer.Informers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InformerTest {

    private final Simulation simulation = new Simulation();
    private final Informers informers = new Informers(simulation.client(), simulation.executor(), simulation.random());
    private final Informer<ConfigMap> informer = informers.informer(ConfigMap.class);
    private final List<String> seen = new ArrayList<>();

    InformerTest() {
        informer.addHandler(new EventHandler<>() {
            @Override
            public void onAdd(ConfigMap object, boolean initial) {
                seen.add((initial ? "initial " : "add ") + object.getMetadata().getName());
            }

            @Override
            public void onUpdate(ConfigMap before, ConfigMap after) {
                seen.add("update " + after.getMetadata().getName() + " " + before.getData() + after.getData());
            }

            @Override
            public void onDelete(ConfigMap last) {
                seen.add("delete " + last.getMetadata().getName());
            }
        });
    }

    @Test
    void tellsWhatWasThereAndThenEveryChange() {
        simulation.create(map("a", "1"));
        informers.start();
        assertThat(informer.hasSynced()).isFalse();
        simulation.settle();
        assertThat(informer.hasSynced()).isTrue();
        simulation.create(map("b", "1"));
        simulation.client().resources(ConfigMap.class).update(map("a", "2")).block();
        simulation
                .client()
                .resources(ConfigMap.class)
                .inNamespace("default")
                .delete("b")
                .block();
        simulation.settle();
        assertThat(seen).containsExactly("initial a", "add b", "update a {v=1}{v=2}", "delete b");
        assertThat(informer.lister().get("default", "a")).isNotNull();
        assertThat(informer.lister().get("default", "b")).isNull();
    }

    @Test
    void handlerAddedLateIsToldOfEverything() {
        simulation.create(map("a", "1"));
        informers.start();
        simulation.settle();
        var late = new ArrayList<String>();
        informer.addHandler(new EventHandler<>() {
            @Override
            public void onAdd(ConfigMap object, boolean initial) {
                late.add(object.getMetadata().getName());
            }
        });
        assertThat(informer.hasSynced()).isFalse();
        simulation.settle();
        assertThat(informer.hasSynced()).isTrue();
        assertThat(late).containsExactly("a");
    }

    @Test
    void listsAgainAfterGoneAndTellsTheDifference() {
        simulation.create(map("a", "1"));
        simulation.create(map("b", "1"));
        informers.start();
        simulation.settle();
        simulation
                .client()
                .resources(ConfigMap.class)
                .inNamespace("default")
                .delete("a")
                .block();
        simulation
                .api()
                .addFault(request -> request.uri().contains("watch=true")
                        ? new StatusException(StatusReason.SERVICE_UNAVAILABLE, "away")
                        : null);
        simulation.api().expireWatches();
        simulation.create(map("c", "1"));
        simulation.advance(Duration.ofSeconds(5));
        simulation.api().clearFaults();
        simulation.advance(Duration.ofSeconds(60));
        assertThat(seen).containsExactlyInAnyOrder("initial a", "initial b", "delete a", "add c");
        assertThat(informer.lister().list()).hasSize(2);
    }

    @Test
    void waitsLongerEachTimeWhileListFails() {
        simulation.api().addFault(request -> new StatusException(StatusReason.SERVICE_UNAVAILABLE, "away"));
        informers.start();
        simulation.advance(Duration.ofMinutes(5));
        assertThat(simulation.api().requests()).hasSizeBetween(8, 18);
        assertThat(informer.hasSynced()).isFalse();
        simulation.api().clearFaults();
        simulation.advance(Duration.ofMinutes(1));
        assertThat(informer.hasSynced()).isTrue();
    }

    @Test
    void keepsOnlyWhatTheOptionsSelect() {
        Informer<ConfigMap> selected = informers.informer(
                ConfigMap.class,
                InformerOptions.<ConfigMap>all().namespace("default").labels("v=1"));
        informers.start();
        simulation.settle();
        simulation.create(map("a", "1"));
        simulation.create(map("b", "2"));
        simulation.settle();
        assertThat(selected.lister().list()).hasSize(1);
        simulation.client().resources(ConfigMap.class).update(map("a", "3")).block();
        simulation.settle();
        assertThat(selected.lister().list()).isEmpty();
    }

    @Test
    void indexFollowsChanges() {
        informer.addIndex("value", object -> List.of(object.getData().get("v")));
        informers.start();
        simulation.settle();
        simulation.create(map("a", "1"));
        simulation.settle();
        assertThat(informer.lister().byIndex("value", "1")).hasSize(1);
        simulation.client().resources(ConfigMap.class).update(map("a", "2")).block();
        simulation.settle();
        assertThat(informer.lister().byIndex("value", "1")).isEmpty();
        assertThat(informer.lister().byIndex("value", "2")).hasSize(1);
    }

    @Test
    void modifiedSharedObjectIsFoundOut() {
        var checked = new Informers(simulation.client(), simulation.executor(), simulation.random()).detectMutations();
        Informer<ConfigMap> maps = checked.informer(ConfigMap.class);
        simulation.create(map("a", "1"));
        checked.start();
        simulation.settle();
        checked.verifyUnmodified();
        maps.lister().list().forEach(object -> object.getData().put("v", "2"));
        assertThatThrownBy(checked::verifyUnmodified).hasMessage("shared object was modified: default/a");
    }

    private static ConfigMap map(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withLabels(Map.of("v", value))
                .endMetadata()
                .withData(Map.of("v", value))
                .build();
    }
}
