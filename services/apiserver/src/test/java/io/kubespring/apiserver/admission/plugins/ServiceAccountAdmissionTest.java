package io.kubespring.apiserver.admission.plugins;

import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.ALICE;
import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.creating;
import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.json;
import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.writing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.json.Json;
import io.kubespring.api.time.RandomSource;
import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import io.kubespring.apiserver.authorization.FakeObjects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ServiceAccountAdmissionTest {

    private final FakeObjects objects = new FakeObjects()
            .put(
                    "",
                    "serviceaccounts",
                    "{'metadata':{'namespace':'a','name':'default'},'imagePullSecrets':[{'name':'registry'}]}")
            .put(
                    "",
                    "serviceaccounts",
                    "{'metadata':{'namespace':'a','name':'shy'},'automountServiceAccountToken':false}");
    private final ServiceAccountAdmission plugin = new ServiceAccountAdmission(objects, RandomSource.seeded(1));

    private ObjectNode admitted(String spec) {
        ObjectNode pod = json("{'metadata':{'name':'p'},'spec':" + spec + "}");
        var attributes = creating("pods", "a", "p");
        assertThat(plugin.handles(attributes)).isTrue();
        plugin.mutate(attributes, pod, null);
        plugin.validate(attributes, pod, null);
        return (ObjectNode) pod.path("spec");
    }

    @Test
    void podRunsAsDefaultWithItsTokenAndPullSecrets() {
        JsonNode spec = admitted("{'initContainers':[{'name':'i'}],'containers':[{'name':'c'}]}");

        assertThat(spec.path("serviceAccountName").stringValue()).isEqualTo("default");
        assertThat(spec.path("serviceAccount").stringValue()).isEqualTo("default");
        assertThat(spec.path("imagePullSecrets")).isEqualTo(Json.read("[{\"name\":\"registry\"}]"));
        String volume = spec.path("volumes").path(0).path("name").stringValue();
        assertThat(volume).matches("kube-api-access-[bcdfghjklmnpqrstvwxz2456789]{5}");
        assertThat(spec.path("volumes").path(0).path("projected")).isEqualTo(json("""
            {'sources':[
               {'serviceAccountToken':{'expirationSeconds':3607,'path':'token'}},
               {'configMap':{'name':'kube-root-ca.crt','items':[{'key':'ca.crt','path':'ca.crt'}]}},
               {'downwardAPI':{'items':[{'path':'namespace',
                  'fieldRef':{'apiVersion':'v1','fieldPath':'metadata.namespace'}}]}}],
             'defaultMode':420}
            """));
        for (String containers : new String[] {"initContainers", "containers"}) {
            assertThat(spec.path(containers).path(0).path("volumeMounts"))
                    .isEqualTo(Json.read("[{\"name\":\"" + volume + "\",\"readOnly\":true,"
                            + "\"mountPath\":\"/var/run/secrets/kubernetes.io/serviceaccount\"}]"));
        }
    }

    @ParameterizedTest(name = "account {0}, pod says {1}: mounted {2}")
    @CsvSource({
        "default, '',                                     true",
        "default, ,                                       true",
        "default, 'automountServiceAccountToken:false,',  false",
        "shy,     ,                                       false",
        "shy,     'automountServiceAccountToken:true,',   true",
    })
    void podsWordCountsBeforeItsAccounts(String account, String podSays, boolean mounted) {
        String flag = podSays == null
                ? ""
                : podSays.replace("automountServiceAccountToken", "'automountServiceAccountToken'");
        JsonNode spec = admitted("{" + flag + "'serviceAccountName':'" + account + "','containers':[{'name':'c'}]}");

        assertThat(spec.path("volumes").size()).isEqualTo(mounted ? 1 : 0);
    }

    @Test
    void ownPullSecretsAndOwnMountsStay() {
        JsonNode spec = admitted("""
            {'imagePullSecrets':[{'name':'mine'}],
             'containers':[{'name':'own','volumeMounts':[{'name':'x','mountPath':'/var/run/secrets/kubernetes.io/serviceaccount'}]}]}
            """);

        assertThat(spec.path("imagePullSecrets")).isEqualTo(Json.read("[{\"name\":\"mine\"}]"));
        assertThat(spec.path("volumes").isEmpty()).isTrue();
        assertThat(spec.path("containers").path(0).path("volumeMounts").size()).isEqualTo(1);
    }

    @Test
    void volumeFromAnEarlierAdmissionIsUsedAgain() {
        ObjectNode first = admitted("{'containers':[{'name':'c'}]}");
        JsonNode second = admitted(first.toString().replace('"', '\''));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void missingAccountIsRefused() {
        assertThatThrownBy(() -> admitted("{'serviceAccountName':'ghost','containers':[]}"))
                .hasMessage("pods \"p\" is forbidden: error looking up service account a/ghost:"
                        + " serviceaccount \"ghost\" not found");
    }

    @Test
    void mirrorPodsGetNothingAndMayReferToNothing() {
        ObjectNode pod =
                json("{'metadata':{'annotations':{'kubernetes.io/config.mirror':'x'}},'spec':{'containers':[]}}");
        ObjectNode before = pod.deepCopy();
        plugin.mutate(creating("pods", "a", "p"), pod, null);
        assertThat(pod).isEqualTo(before);

        pod.withObjectProperty("spec").put("serviceAccountName", "default");
        assertThatThrownBy(() -> plugin.validate(creating("pods", "a", "p"), pod, null))
                .hasMessageContaining("a mirror pod may not reference service accounts");
    }

    @Test
    void onlyNewPodsConcernIt() {
        assertThat(plugin.handles(writing(Operation.UPDATE, "pods", "a", "p", ALICE)))
                .isFalse();
        assertThat(plugin.handles(creating("pods/binding", "a", "p"))).isFalse();
        assertThat(plugin.handles(creating("configmaps", "a", "c"))).isFalse();
    }
}
