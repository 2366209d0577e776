package io.kubespring.apiserver.admission.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.GroupResource;
import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.FakeObjects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class LimitRangerTest {

    private final FakeObjects objects = new FakeObjects();
    private final LimitRanger plugin = new LimitRanger(objects);

    private void limits(String... items) {
        objects.put(
                "",
                "limitranges",
                "{'metadata':{'namespace':'a','name':'l'},'spec':{'limits':[" + String.join(",", items) + "]}}");
    }

    private static AdmissionAttributes creating(String plural) {
        return new AdmissionAttributes(
                Operation.CREATE,
                new GroupVersionKind("", "v1", "Any"),
                new GroupResource("", plural),
                "",
                "a",
                "x",
                UserInfo.of("alice"),
                false,
                null);
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.read(text.replace('\'', '"'));
    }

    private String refusal(String plural, ObjectNode object) {
        try {
            plugin.mutate(creating(plural), object, null);
            plugin.validate(creating(plural), object, null);
            return "";
        } catch (StatusException refused) {
            return refused.getMessage().substring(refused.getMessage().indexOf("forbidden: ") + 11);
        }
    }

    private String container(String resources) {
        return refusal("pods", json("{'spec':{'containers':[{'name':'c','resources':" + resources + "}]}}"));
    }

    @Test
    void containersGetDefaultsAndThePodSaysSo() {
        limits("{'type':'Container','default':{'cpu':'500m','memory':'1Gi'},'defaultRequest':{'cpu':'100m'}}");
        ObjectNode pod = json(
                "{'spec':{'containers':[{'name':'c','resources':{'limits':{'cpu':'1'}}}],'initContainers':[{'name':'i'}]}}");

        plugin.mutate(creating("pods"), pod, null);

        assertThat(pod.path("spec").path("containers").path(0).path("resources"))
                .isEqualTo(json("{'limits':{'cpu':'1','memory':'1Gi'},'requests':{'cpu':'100m'}}"));
        assertThat(pod.path("spec").path("initContainers").path(0).path("resources"))
                .isEqualTo(json("{'requests':{'cpu':'100m'},'limits':{'cpu':'500m','memory':'1Gi'}}"));
        assertThat(pod.path("metadata")
                        .path("annotations")
                        .path("kubernetes.io/limit-ranger")
                        .stringValue())
                .isEqualTo("LimitRanger plugin set: cpu request for container c; memory limit for container c;"
                        + " cpu request for init container i; cpu, memory limit for init container i");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                   | minimum cpu usage per Container is 100m.  No"
                        + " request is specified",
                "{'requests':{'cpu':'50m'}}                           | minimum cpu usage per Container is 100m, but"
                        + " request is 50m",
                "{'requests':{'cpu':'100m'},'limits':{'cpu':'100m'}}  | ''",
            })
    void minimum(String resources, String expected) {
        limits("{'type':'Container','min':{'cpu':'100m'}}");

        assertThat(container(resources.strip())).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                            | maximum memory usage per Container is 1Gi.  No limit is specified",
                "{'limits':{'memory':'2Gi'}}   | maximum memory usage per Container is 1Gi, but limit is 2Gi",
                "{'limits':{'memory':'512Mi'}} | ''",
            })
    void maximum(String resources, String expected) {
        limits("{'type':'Container','max':{'memory':'1Gi'}}");

        assertThat(container(resources.strip())).isEqualTo(expected);
    }

    @Test
    void ratio() {
        limits("{'type':'Container','maxLimitRequestRatio':{'cpu':'2'}}");

        assertThat(container("{'requests':{'cpu':'1'},'limits':{'cpu':'2'}}")).isEmpty();
        assertThat(container("{'requests':{'cpu':'1'},'limits':{'cpu':'2500m'}}"))
                .isEqualTo("cpu max limit to request ratio per Container is 2, but provided ratio is 2.500000");
        assertThat(container("{'limits':{'cpu':'1'}}"))
                .isEqualTo("cpu max limit to request ratio per Container is 2,"
                        + " but no request is specified or request is 0");
    }

    @Test
    void podsCountTheirContainersTogetherAndInitContainersByThemselves() {
        limits("{'type':'Pod','max':{'cpu':'2'}}");
        String one = "{'name':'c','resources':{'limits':{'cpu':'1'}}}";
        String big = "{'name':'i','resources':{'limits':{'cpu':'3'}}}";
        String sidecar = "{'name':'s','restartPolicy':'Always','resources':{'limits':{'cpu':'1'}}}";

        assertThat(refusal("pods", json("{'spec':{'containers':[" + one + "," + one + "]}}")))
                .isEmpty();
        assertThat(refusal("pods", json("{'spec':{'containers':[" + one + "],'initContainers':[" + big + "]}}")))
                .isEqualTo("maximum cpu usage per Pod is 2, but limit is 3");
        assertThat(refusal(
                        "pods",
                        json("{'spec':{'containers':[" + one + "," + one + "],'initContainers':[" + sidecar + "]}}")))
                .isEqualTo("maximum cpu usage per Pod is 2, but limit is 3");
    }

    @Test
    void claims() {
        limits("{'type':'PersistentVolumeClaim','min':{'storage':'1Gi'},'max':{'storage':'10Gi'}}");

        assertThat(refusal("persistentvolumeclaims", json("{'spec':{'resources':{'requests':{'storage':'5Gi'}}}}")))
                .isEmpty();
        assertThat(refusal("persistentvolumeclaims", json("{'spec':{'resources':{'requests':{'storage':'20Gi'}}}}")))
                .isEqualTo("maximum storage usage per PersistentVolumeClaim is 10Gi, but limit is 20Gi");
    }

    @Test
    void severalViolationsAreToldTogether() {
        limits("{'type':'Container','max':{'cpu':'1','memory':'1Gi'}}");

        assertThat(container("{'limits':{'cpu':'2','memory':'2Gi'}}"))
                .isEqualTo("[maximum cpu usage per Container is 1, but limit is 2,"
                        + " maximum memory usage per Container is 1Gi, but limit is 2Gi]");
    }
}
