package io.kubespring.apiserver.admission.plugins;

import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.creating;
import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.authorization.FakeObjects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RuntimeClassAdmissionTest {

    private static final AdmissionAttributes CREATING = creating("pods", "a", "p");

    private final RuntimeClassAdmission plugin = new RuntimeClassAdmission(new FakeObjects()
            .put("node.k8s.io", "runtimeclasses", "{'metadata':{'name':'plain'},'handler':'runc'}")
            .put(
                    "node.k8s.io",
                    "runtimeclasses",
                    "{'metadata':{'name':'vm'},'handler':'kata','overhead':{'podFixed':{'cpu':'100m'}},"
                            + "'scheduling':{'nodeSelector':{'vm':'yes'},"
                            + "'tolerations':[{'key':'vm','operator':'Exists'}]}}"));

    private ObjectNode admitted(String spec) {
        ObjectNode pod = json("{'spec':" + spec + "}");
        plugin.mutate(CREATING, pod, null);
        plugin.validate(CREATING, pod, null);
        return (ObjectNode) pod.path("spec");
    }

    @Test
    void theClassMustBeThere() {
        assertThatThrownBy(() -> admitted("{'runtimeClassName':'none'}"))
                .hasMessage("pods \"p\" is forbidden: pod rejected: RuntimeClass \"none\" not found");
        assertThatCode(() -> admitted("{'runtimeClassName':'plain'}")).doesNotThrowAnyException();
        assertThatCode(() -> admitted("{}")).doesNotThrowAnyException();
    }

    @Test
    void overheadIsTheClasses() {
        assertThat(admitted("{'runtimeClassName':'vm'}").path("overhead")).isEqualTo(json("{'cpu':'100m'}"));
        assertThat(admitted("{'runtimeClassName':'vm','overhead':{'cpu':'0.1'}}")
                        .path("overhead"))
                .isEqualTo(json("{'cpu':'100m'}"));
        for (String other : new String[] {"{'cpu':'0.2'}", "{'memory':'1'}", "{'cpu':'lots'}"}) {
            assertThatThrownBy(() -> admitted("{'runtimeClassName':'vm','overhead':" + other + "}"))
                    .hasMessageEndingWith("Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }
        for (String without : new String[] {"", "'runtimeClassName':'plain',"}) {
            assertThatThrownBy(() -> admitted("{" + without + "'overhead':{'cpu':'1'}}"))
                    .hasMessageEndingWith(
                            "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
        }
    }

    @Test
    void podsGoWhereTheRuntimeIs() {
        ObjectNode spec = admitted(
                "{'runtimeClassName':'vm','nodeSelector':{'disk':'fast'},'tolerations':[{'key':'vm','value':'x'},{'key':'y'}]}");
        assertThat(spec.path("nodeSelector")).isEqualTo(json("{'disk':'fast','vm':'yes'}"));
        assertThat(spec.path("tolerations")).hasToString("[{\"key\":\"y\"},{\"key\":\"vm\",\"operator\":\"Exists\"}]");
        assertThatThrownBy(() -> admitted("{'runtimeClassName':'vm','nodeSelector':{'vm':'no'}}"))
                .hasMessageEndingWith(
                        "conflict: runtimeClass.scheduling.nodeSelector[vm] = yes; pod.spec.nodeSelector[vm] = no");
    }
}
