package io.kubespring.kinds.warnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import io.kubespring.kinds.tree.Field;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodWarningsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'nodeSelector':{'beta.kubernetes.io/os':'linux'}} | spec.nodeSelector[beta.kubernetes.io/os]:"
                        + " deprecated since v1.14; use \"kubernetes.io/os\" instead",
                "{'topologySpreadConstraints':[{'topologyKey':'failure-domain.beta.kubernetes.io/zone','labelSelector':{}}]}"
                        + " | spec.topologySpreadConstraints[0].topologyKey: failure-domain.beta.kubernetes.io/zone is"
                        + " deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
                "{'topologySpreadConstraints':[{'topologyKey':'z'}]} |"
                        + " spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no"
                        + " pod",
                "{'volumes':[{'name':'v','gitRepo':{}}]} | spec.volumes[0].gitRepo: deprecated in v1.11, and disabled"
                        + " by default in v1.33+",
                "{'volumes':[{'name':'v','rbd':{}}]} | spec.volumes[0].rbd: deprecated in v1.28, non-functional in"
                        + " v1.31+",
                "{'volumes':[{'name':'v','configMap':{'name':'foo','items':[{'path':'test'},{'path':'test/app'}]}}]} |"
                        + " volume \"v\" (ConfigMap \"foo\"): overlapping paths: \"test/app\" with \"test\"",
                "{'volumes':[{'name':'v','projected':{'sources':[{'serviceAccountToken':{'path':'t'}},{'secret':{'name':'s','items':[{'path':'t'}]}}]}}]}"
                        + " | volume \"v\" (Projected Secret \"s\"): overlapping paths: \"t\" with \"t\"",
                "{'hostAliases':[{'ip':'1.1.1.1'},{'ip':'1.1.1.1'}]} | spec.hostAliases[1].ip: duplicate ip"
                        + " \"1.1.1.1\"",
                "{'imagePullSecrets':[{'name':'a'},{'name':'a'}]} | spec.imagePullSecrets[1].name: duplicate name"
                        + " \"a\"",
                "{'imagePullSecrets':[{}]} | spec.imagePullSecrets[0].name: invalid empty name \"\"",
                "{'containers':[{'name':'a','resources':{'limits':{'memory':'1500m'}}}]} |"
                        + " spec.containers[0].resources.limits[memory]: fractional byte value \"1500m\" is invalid, must"
                        + " be an integer",
                "{'containers':[{'name':'a','env':[{'name':'X','value':'1'},{'name':'X','value':'2'}]}]} |"
                        + " spec.containers[0].env[1]: hides previous definition of \"X\", which may be dropped when using"
                        + " apply",
                "{'containers':[{'name':'a','ports':[{'containerPort':1,'protocol':'TCP'},{'containerPort':1,'protocol':'TCP'}]}]}"
                        + " | spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]",
                "{'containers':[{'name':'a','ports':[{'containerPort':1,'protocol':'TCP','hostPort':8},{'containerPort':1,'protocol':'TCP'}]}]}"
                        + " | spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]",
                "{'containers':[{'name':'a','ports':[{'containerPort':1,'protocol':'TCP','hostIP':'1.1.1.1'}]}]} |"
                        + " spec.containers[0].ports[0]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:1"
                        + " Protocol:TCP HostIP:1.1.1.1}",
                "{'terminationGracePeriodSeconds':-1} | spec.terminationGracePeriodSeconds: must be >= 0; negative"
                        + " values are invalid and will be treated as 1",
            })
    void whatDeservesAWarning(String spec, String warning) {
        assertThat(ofPod("{'metadata':{'name':'a'},'spec':" + spec + "}")).containsExactly(warning);
    }

    @Test
    void aVariableThatBuildsOnTheEarlierOneIsFine() {
        assertThat(ofPod("{'metadata':{'name':'a'},'spec':{'containers':[{'name':'a','env':[{'name':'X','value':'1'},"
                        + "{'name':'X','value':'$(X)2'}]}]}}"))
                .isEmpty();
    }

    @Test
    void aNameThatIsNoLabelIsNoHostName() {
        assertThat(ofPod("{'metadata':{'name':'a.b'},'spec':{}}"))
                .containsExactly("metadata.name: this is used in the Pod's hostname, which can result in surprising"
                        + " behavior; a DNS label is recommended: [must not contain dots]");
    }

    @Test
    void annotationsOfOldAreNamed() {
        assertThat(ofPod("{'metadata':{'name':'a','annotations':{'scheduler.alpha.kubernetes.io/critical-pod':''}},"
                        + "'spec':{}}"))
                .containsExactly("metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]: non-functional in"
                        + " v1.16+; use the \"priorityClassName\" field instead");
    }

    @Test
    void aTemplatesWarningsSayWhereItIs() {
        Field deployment = Field.root(Json.read(("{'spec':{'template':{'metadata':{'annotations':{"
                        + "'container.apparmor.security.beta.kubernetes.io/c':'unconfined'}},'spec':{'containers':"
                        + "[{'name':'c'}]}}}}")
                .replace('\'', '"')));
        assertThat(PodWarnings.ofTemplate(deployment.at("spec", "template")))
                .containsExactly("spec.template.metadata.annotations[container.apparmor.security.beta.kubernetes.io/c]:"
                        + " deprecated since v1.30; use the \"appArmorProfile\" field instead");
    }

    private static List<String> ofPod(String pod) {
        return PodWarnings.ofNew(Field.root(Json.read(pod.replace('\'', '"'))));
    }
}
