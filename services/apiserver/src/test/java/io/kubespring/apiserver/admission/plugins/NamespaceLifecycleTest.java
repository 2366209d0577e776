package io.kubespring.apiserver.admission.plugins;

import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.ALICE;
import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.creating;
import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.json;
import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.writing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import io.kubespring.apiserver.admission.AdmissionChain;
import io.kubespring.apiserver.authorization.FakeObjects;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceLifecycleTest {

    private final FakeObjects objects = new FakeObjects()
            .put("", "namespaces", "{'metadata':{'name':'live'},'status':{'phase':'Active'}}")
            .put(
                    "",
                    "namespaces",
                    "{'metadata':{'name':'dying','deletionTimestamp':'2026-05-01T00:00:00Z'},'status':{'phase':'Terminating'}}");
    private final AdmissionChain chain = new AdmissionChain(List.of(new NamespaceLifecycle(objects)));

    @Test
    void liveNamespacesTakeEverything() {
        assertThatCode(() -> chain.mutate(creating("pods", "live", "p"), json("{}"), null))
                .doesNotThrowAnyException();
    }

    @Test
    void missingNamespaceIsNotFound() {
        assertThatThrownBy(() -> chain.mutate(creating("pods", "gone", "p"), json("{}"), null))
                .hasMessage("namespaces \"gone\" not found");
        assertThatThrownBy(() ->
                        chain.mutate(writing(Operation.UPDATE, "pods", "gone", "p", ALICE), json("{}"), json("{}")))
                .hasMessage("namespaces \"gone\" not found");
    }

    @Test
    void terminatingNamespaceTakesNothingNewAndSaysWhy() {
        assertThatThrownBy(() -> chain.mutate(creating("pods", "dying", "p"), json("{}"), null))
                .isInstanceOfSatisfying(StatusException.class, refusal -> {
                    assertThat(refusal)
                            .hasMessage("pods \"p\" is forbidden: unable to create new content in namespace dying"
                                    + " because it is being terminated");
                    assertThat(refusal.details().causes().getFirst().reason()).isEqualTo("NamespaceTerminating");
                });
        assertThatCode(() ->
                        chain.mutate(writing(Operation.UPDATE, "pods", "dying", "p", ALICE), json("{}"), json("{}")))
                .doesNotThrowAnyException();
        assertThatCode(() -> chain.validate(writing(Operation.DELETE, "pods", "dying", "p", ALICE), null, json("{}")))
                .doesNotThrowAnyException();
    }

    @Test
    void namespaceThatBeginsToTerminateMeanwhileIsNoticed() {
        var attributes = creating("pods", "live", "p");
        chain.mutate(attributes, json("{}"), null);
        objects.put("", "namespaces", "{'metadata':{'name':'live','deletionTimestamp':'2026-05-01T00:00:00Z'}}");

        assertThatThrownBy(() -> chain.validate(attributes, json("{}"), null)).hasMessageContaining("terminated");
    }

    @Test
    void aNamespaceIsReadOnceAVersionAndNotOnceAWrite() {
        for (int i = 0; i < 10; i++) {
            chain.mutate(creating("pods", "live", "p" + i), json("{}"), null);
            chain.validate(creating("pods", "live", "p" + i), json("{}"), null);
        }
        assertThat(objects.parses()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "kube-system", "kube-public"})
    void systemNamespacesAreNotDeleted(String name) {
        assertThatThrownBy(() ->
                        chain.validate(writing(Operation.DELETE, "namespaces", "", name, ALICE), null, json("{}")))
                .hasMessage("namespaces \"" + name + "\" is forbidden: this namespace may not be deleted");
        assertThatCode(() ->
                        chain.validate(writing(Operation.DELETE, "namespaces", "", "mine", ALICE), null, json("{}")))
                .doesNotThrowAnyException();
    }

    @Test
    void clusterScopedObjectsAreNoneOfItsBusiness() {
        assertThatCode(() -> chain.mutate(creating("nodes", "", "n"), json("{}"), null))
                .doesNotThrowAnyException();
        assertThatCode(() -> chain.mutate(creating("namespaces", "", "new"), json("{}"), null))
                .doesNotThrowAnyException();
    }

    @Test
    void pluginsCanBeSwitchedOffByNameOnly() {
        assertThat(chain.without(List.of("NamespaceLifecycle")).names()).isEmpty();
        assertThatThrownBy(() -> chain.without(List.of("Typo"))).hasMessageContaining("unknown plugin \"Typo\"");
    }
}
