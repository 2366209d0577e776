package io.kubespring.kinds.validation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class PodValidationTest {

    private static final String POD = "{'spec':{'containers':[{'name':'a','image':'b'}]}}";

    private final ValidationKit pods = new ValidationKit("v1", "Pod");

    @Test
    void anOrdinaryPodIsValid() {
        assertThat(pods.create("""
            {'spec':{'serviceAccountName':'s','containers':[{'name':'a','image':'b','ports':[{'name':'http','containerPort':80}],
              'env':[{'name':'N','valueFrom':{'fieldRef':{'fieldPath':'status.podIP'}}}],
              'envFrom':[{'configMapRef':{'name':'c'}}],
              'resources':{'limits':{'cpu':'1','memory':'1Gi','nvidia.com/gpu':1}},
              'livenessProbe':{'httpGet':{'port':'http'}},'volumeMounts':[{'name':'v','mountPath':'/v'}],
              'securityContext':{'runAsUser':0,'seccompProfile':{'type':'RuntimeDefault'}}}],
             'initContainers':[{'name':'i','image':'b','restartPolicy':'Always',
              'startupProbe':{'exec':{'command':['x']}}}],
             'volumes':[{'name':'v','projected':{'sources':[{'serviceAccountToken':{'path':'token'}},
              {'downwardAPI':{'items':[{'path':'p','fieldRef':{'fieldPath':'metadata.namespace'}}]}}]}}],
             'tolerations':[{'operator':'Exists'}],'affinity':{'nodeAffinity':{
              'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[{'matchExpressions':
              [{'key':'k','operator':'In','values':['v']}]}]}}}}}\
            """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'spec':{}} | spec.containers: Required value",
                "{'spec':{'containers':[{'image':'b'}]}} | spec.containers[0].name: Required value",
                "{'spec':{'containers':[{'name':'a'}]}} | spec.containers[0].image: Required value",
                "{'spec':{'containers':[{'name':'a','image':' b'}]}} | spec.containers[0].image: Invalid value: \""
                        + " b\": must not have leading or trailing whitespace",
                "{'spec':{'containers':[{'name':'a','image':'b'},{'name':'a','image':'b'}]}}"
                        + " | spec.containers[1].name: Duplicate value: \"a\"",
                "{'spec':{'containers':[{'name':'A','image':'b'}]}} | spec.containers[0].name: Invalid value: \"A\": a"
                        + " lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must"
                        + " start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for"
                        + " validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
                "{'spec':{'restartPolicy':'Sometimes','containers':[{'name':'a','image':'b'}]}} | spec.restartPolicy:"
                        + " Unsupported value: \"Sometimes\": supported values: \"Always\", \"OnFailure\", \"Never\"",
                "{'spec':{'containers':[{'name':'a','image':'b','imagePullPolicy':'x'}]}} |"
                        + " spec.containers[0].imagePullPolicy: Unsupported value: \"x\": supported values: \"Always\","
                        + " \"IfNotPresent\", \"Never\"",
                "{'spec':{'containers':[{'name':'a','image':'b','volumeMounts':[{'name':'v','mountPath':'/v'}]}]}}"
                        + " | spec.containers[0].volumeMounts[0].name: Not found: \"v\"",
                "{'spec':{'volumes':[{'name':'v'}],'containers':[{'name':'a','image':'b','volumeMounts':"
                        + "[{'name':'v','mountPath':'/v'},{'name':'v','mountPath':'/v'}]}]}}"
                        + " | spec.containers[0].volumeMounts[1].mountPath: Invalid value: \"/v\": must be unique",
                "{'spec':{'containers':[{'name':'a','image':'b','resources':{'requests':{'cpu':'2'},'limits':{'cpu':1}}}]}}"
                        + " | spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to"
                        + " cpu limit of 1",
                "{'spec':{'containers':[{'name':'a','image':'b','resources':{'requests':{'pods':1}}}]}} |"
                        + " spec.containers[0].resources.requests[pods]: Invalid value: \"pods\": must be a standard"
                        + " resource for containers",
                "{'spec':{'containers':[{'name':'a','image':'b','resources':{'requests':{'memory':'-1'}}}]}} |"
                        + " spec.containers[0].resources.requests[memory]: Invalid value: \"-1\": must be greater than or"
                        + " equal to 0",
                "{'spec':{'containers':[{'name':'a','image':'b','ports':[{'containerPort':70000}]}]}} |"
                        + " spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535,"
                        + " inclusive",
                "{'spec':{'containers':[{'name':'a','image':'b','ports':[{'containerPort':1,'hostPort':1},"
                        + "{'containerPort':1,'hostPort':1}]}]}}"
                        + " | spec.containers[0].ports[1].hostPort: Duplicate value: \"TCP//1\"",
                "{'spec':{'containers':[{'name':'a','image':'b','livenessProbe':{}}]}}"
                        + " | spec.containers[0].livenessProbe: Required value: must specify a handler type",
                "{'spec':{'containers':[{'name':'a','image':'b','livenessProbe':{'successThreshold':2,"
                        + "'tcpSocket':{'port':80}}}]}}"
                        + " | spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1",
                "{'spec':{'containers':[{'name':'a','image':'b','env':[{'name':'X','value':'1','valueFrom':"
                        + "{'secretKeyRef':{'name':'s','key':'k'}}}]}]}} | spec.containers[0].env[0].valueFrom: Invalid"
                        + " value: \"\": may not be specified when `value` is not empty",
                "{'spec':{'containers':[{'name':'a','image':'b','env':[{'name':'X','valueFrom':"
                        + "{'fieldRef':{'fieldPath':'spec.nope'}}}]}]}} |"
                        + " spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: \"spec.nope\": error"
                        + " converting fieldPath: field label not supported: spec.nope",
                "{'spec':{'volumes':[{'name':'v','emptyDir':{},'secret':{'secretName':'s'}}],"
                        + "'containers':[{'name':'a','image':'b'}]}}"
                        + " | spec.volumes[0].secret: Forbidden: may not specify more than 1 volume type",
                "{'spec':{'volumes':[{'name':'v','hostPath':{'path':'/a/../b'}}],'containers':[{'name':'a','image':'b'}]}}"
                        + " | spec.volumes[0].hostPath.path: Invalid value: \"/a/../b\": must not contain '..'",
                "{'spec':{'initContainers':[{'name':'i','image':'b','readinessProbe':{'exec':{'command':['x']}}}],'containers':[{'name':'a','image':'b'}]}}"
                        + " | spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without"
                        + " restartPolicy=Always",
                "{'spec':{'tolerations':[{'key':'k','operator':'Exists','value':'v'}],'containers':[{'name':'a','image':'b'}]}}"
                        + " | spec.tolerations[0].operator: Invalid value: \"v\": value must be empty when `operator` is"
                        + " 'Exists'",
                "{'spec':{'activeDeadlineSeconds':0,'containers':[{'name':'a','image':'b'}]}} |"
                        + " spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive",
                "{'spec':{'dnsPolicy':'None','dnsConfig':{},'containers':[{'name':'a','image':'b'}]}}"
                        + " | spec.dnsConfig.nameservers: Required value: must provide at least one DNS nameserver when"
                        + " `dnsPolicy` is None",
                "{'spec':{'containers':[{'name':'a','image':'b','securityContext':{'privileged':true,"
                        + "'allowPrivilegeEscalation':false}}]}} | spec.containers[0].securityContext: Invalid value:"
                        + " {\"privileged\":true,\"allowPrivilegeEscalation\":false}: cannot set"
                        + " `allowPrivilegeEscalation` to false and `privileged` to true",
                "{'spec':{'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'zone','whenUnsatisfiable':'x'}],"
                        + "'containers':[{'name':'a','image':'b'}]}} |"
                        + " spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: \"x\": supported"
                        + " values: \"DoNotSchedule\", \"ScheduleAnyway\"",
                "{'spec':{'schedulingGates':[{'name':'g'}],'nodeName':'n','containers':[{'name':'a','image':'b'}]}}"
                        + " | spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared",
            })
    void whatIsWrongWithANewPod(String manifest, String expected) {
        assertThat(pods.create(manifest)).containsExactly(expected);
    }

    @Test
    void imagesMayChange() {
        assertThat(pods.update(POD, next -> ((ObjectNode) next.at("/spec/containers/0")).put("image", "c")))
                .isEmpty();
    }

    @Test
    void littleElseMayChange() {
        assertThat(pods.update(POD, next -> ((ObjectNode) next.at("/spec")).put("nodeName", "n")))
                .containsExactly("spec: Forbidden: pod updates may not change fields other than"
                        + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations`"
                        + " (only additions to existing tolerations),`spec.terminationGracePeriodSeconds`"
                        + " (allow it to be set to 1 if it was previously negative)\n"
                        + "- nodeName: nil\n"
                        + "+ nodeName: \"n\"\n");
        assertThat(pods.update(POD, "{'spec':{'containers':[{'name':'a','image':'b'},{'name':'c','image':'b'}]}}"))
                .containsExactly("spec.containers: Forbidden: pod updates may not add or remove containers");
    }

    @Test
    void tolerationsMayOnlyBeAdded() {
        String one =
                "{'spec':{'containers':[{'name':'a','image':'b'}],'tolerations':[{'key':'x','operator':'Exists'}]}}";
        String two = "{'spec':{'containers':[{'name':'a','image':'b'}],"
                + "'tolerations':[{'key':'x','operator':'Exists'},{'key':'y','operator':'Exists'}]}}";
        assertThat(pods.update(one, two)).isEmpty();
        assertThat(pods.update(two, one))
                .containsExactly("spec.tolerations: Forbidden: existing toleration can not be modified except its"
                        + " tolerationSeconds");
    }

    @Test
    void leavingOutWhatIsFalseOrEmptyIsNoChange() {
        String explicit =
                "{'spec':{'hostNetwork':false,'volumes':[],'containers':[{'name':'a','image':'b','command':[]}]}}";
        assertThat(pods.update(explicit, POD)).isEmpty();
        assertThat(pods.update(POD, explicit)).isEmpty();
    }

    @Test
    void gatesMayOnlyGo() {
        String gated = "{'spec':{'schedulingGates':[{'name':'g'}],'containers':[{'name':'a','image':'b'}]}}";
        assertThat(pods.update(gated, POD)).isEmpty();
        assertThat(pods.update(
                        gated, "{'spec':{'schedulingGates':[{'name':'h'}],'containers':[{'name':'a','image':'b'}]}}"))
                .contains("spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling"
                        + " gate 'h'");
    }

    @Test
    void ephemeralContainersMayOnlyBeAdded() {
        String debugged =
                "{'spec':{'containers':[{'name':'a','image':'b'}],'ephemeralContainers':[{'name':'d','image':'x'}]}}";
        assertThat(pods.update("ephemeralcontainers", POD, debugged)).isEmpty();
        assertThat(pods.update("ephemeralcontainers", debugged, POD))
                .containsExactly("spec.ephemeralContainers: Forbidden: existing ephemeral containers \"d\" may not be"
                        + " removed\n");
    }
}
