package io.kubespring.apiserver.admission.plugins;

import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.ALICE;
import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.creating;
import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.json;
import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.writing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import io.kubespring.apiserver.authorization.FakeObjects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Priority, DefaultTolerationSeconds and TaintNodesByCondition. */
class PodDefaultsTest {

    private final FakeObjects objects = new FakeObjects()
            .put(
                    "scheduling.k8s.io",
                    "priorityclasses",
                    "{'metadata':{'name':'high'},'value':1000,'preemptionPolicy':'Never'}")
            .put("scheduling.k8s.io", "priorityclasses", "{'metadata':{'name':'low'},'value':-5}");
    private final PriorityAdmission priority = new PriorityAdmission(objects);

    private ObjectNode prioritized(String spec) {
        ObjectNode pod = json("{'spec':" + spec + "}");
        priority.mutate(creating("pods", "a", "p"), pod, null);
        return (ObjectNode) pod.path("spec");
    }

    @Test
    void priorityComesFromTheClass() {
        assertThat(prioritized("{'priorityClassName':'high'}"))
                .isEqualTo(json("{'priorityClassName':'high','priority':1000,'preemptionPolicy':'Never'}"));
        assertThat(prioritized("{'priorityClassName':'low'}"))
                .isEqualTo(json("{'priorityClassName':'low','priority':-5,'preemptionPolicy':'PreemptLowerPriority'}"));
        assertThat(prioritized("{}")).isEqualTo(json("{'priority':0,'preemptionPolicy':'PreemptLowerPriority'}"));
    }

    @Test
    void aDefaultClassThatIsMadeOrRemovedMeanwhileCountsAtOnceAndIsReadOnceAVersion() {
        prioritized("{}");
        objects.put("scheduling.k8s.io", "priorityclasses", "{'metadata':{'name':'d'},'value':7,'globalDefault':true}");
        assertThat(prioritized("{}").path("priority").asInt()).isEqualTo(7);
        int parses = objects.parses();
        assertThat(prioritized("{}").path("priorityClassName").asString()).isEqualTo("d");
        assertThat(objects.parses()).isEqualTo(parses);
        objects.remove("scheduling.k8s.io", "priorityclasses", "", "d");
        assertThat(prioritized("{}").path("priority").asInt()).isZero();
    }

    @Test
    void lowestDefaultClassCounts() {
        objects.put("scheduling.k8s.io", "priorityclasses", "{'metadata':{'name':'d1'},'value':7,'globalDefault':true}")
                .put(
                        "scheduling.k8s.io",
                        "priorityclasses",
                        "{'metadata':{'name':'d2'},'value':3,'globalDefault':true}");

        assertThat(prioritized("{}").path("priorityClassName").stringValue()).isEqualTo("d2");
    }

    @Test
    void podsCannotChooseTheirPriorityThemselves() {
        assertThatThrownBy(() -> prioritized("{'priorityClassName':'none'}"))
                .hasMessage("pods \"p\" is forbidden: no PriorityClass with name none was found");
        assertThatThrownBy(() -> prioritized("{'priority':9}"))
                .hasMessageContaining("the integer value of priority (9) must not be provided in pod spec;"
                        + " priority admission controller computed 0 from the given PriorityClass name");
        assertThatThrownBy(() -> prioritized("{'priorityClassName':'high','preemptionPolicy':'PreemptLowerPriority'}"))
                .hasMessageContaining("the string value of PreemptionPolicy (PreemptLowerPriority)");
        assertThatCode(() -> prioritized("{'priorityClassName':'high','priority':1000}"))
                .doesNotThrowAnyException();
    }

    @Test
    void updateThatLeavesPriorityOutKeepsIt() {
        ObjectNode pod = json("{'spec':{}}");

        priority.mutate(writing(Operation.UPDATE, "pods", "a", "p", ALICE), pod, json("{'spec':{'priority':4}}"));

        assertThat(pod).isEqualTo(json("{'spec':{'priority':4}}"));
    }

    @Test
    void onlyOneClassIsTheDefault() {
        var attributes = creating("priorityclasses.scheduling.k8s.io", "", "second");
        ObjectNode second = json("{'metadata':{'name':'second'},'globalDefault':true}");
        assertThatCode(() -> priority.validate(attributes, second, null)).doesNotThrowAnyException();
        objects.put("scheduling.k8s.io", "priorityclasses", "{'metadata':{'name':'first'},'globalDefault':true}");

        assertThatThrownBy(() -> priority.validate(attributes, second, null))
                .hasMessageContaining("PriorityClass first is already marked as default");
    }

    @ParameterizedTest(name = "{0}: {1} added")
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                                                          | 2",
                "[{'operator':'Exists'}]                                                     | 0",
                "[{'key':'node.kubernetes.io/not-ready','operator':'Exists'}]                | 1",
                "[{'key':'node.kubernetes.io/unreachable','effect':'NoExecute'}]             | 1",
                "[{'key':'node.kubernetes.io/unreachable','effect':'NoSchedule'}]            | 2",
                "[{'key':'other','effect':'NoExecute'}]                                      | 2",
            })
    void podsTolerateFailingNodesForFiveMinutes(String tolerations, int added) {
        ObjectNode pod = json("{'spec':{'tolerations':" + tolerations.strip() + "}}");
        int before = pod.path("spec").path("tolerations").size();
        var plugin = new DefaultTolerationSeconds();
        assertThat(plugin.handles(creating("pods", "a", "p"))).isTrue();

        plugin.mutate(creating("pods", "a", "p"), pod, null);

        assertThat(pod.path("spec").path("tolerations").size() - before).isEqualTo(added);
    }

    @Test
    void newNodesAreTaintedOnce() {
        var plugin = new TaintNodesByCondition();
        ObjectNode node = json("{'spec':{'taints':[{'key':'mine','effect':'NoExecute'}]}}");

        plugin.mutate(creating("nodes", "", "n"), node, null);
        plugin.mutate(creating("nodes", "", "n"), node, null);

        assertThat(node)
                .isEqualTo(json("{'spec':{'taints':[{'key':'mine','effect':'NoExecute'},"
                        + "{'key':'node.kubernetes.io/not-ready','effect':'NoSchedule'}]}}"));
        assertThat(plugin.handles(writing(Operation.UPDATE, "nodes", "", "n", ALICE)))
                .isFalse();
    }
}
