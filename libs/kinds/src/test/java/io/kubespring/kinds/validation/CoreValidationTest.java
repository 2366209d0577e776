package io.kubespring.kinds.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoreValidationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "v1 | ConfigMap | {'data':{'a.b':'c'}} | ``",
                "v1 | ConfigMap | {'data':{'..a':'b'}} | data[..a]: Invalid value: \"..a\": must not start with '..'",
                "v1 | ConfigMap | {'data':{'a b':'c'}} | data[a b]: Invalid value: \"a b\": a valid config key must"
                        + " consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or"
                        + " 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
                "v1 | ConfigMap | {'data':{'a':'c'},'binaryData':{'a':'eA=='}} | data[a]: Invalid value: \"a\":"
                        + " duplicate of key present in binaryData",
                "v1 | Secret | {'type':'kubernetes.io/tls','data':{'tls.crt':''}} | data[tls.key]: Required value",
                "v1 | Secret | {'type':'kubernetes.io/ssh-auth'} | data[ssh-privatekey]: Required value",
                "v1 | Secret | {'type':'kubernetes.io/dockerconfigjson','data':{'.dockerconfigjson':'eA=='}} |"
                        + " data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": invalid character 'x'"
                        + " looking for beginning of value",
                "v1 | Secret | {'type':'kubernetes.io/service-account-token'}"
                        + " | metadata.annotations[kubernetes.io/service-account.name]: Required value",
                "v1 | Node | {'spec':{'taints':[{'key':'k','effect':'Never'}]}} | metadata.taints[0].effect:"
                        + " Unsupported value: \"Never\": supported values: \"NoSchedule\", \"PreferNoSchedule\","
                        + " \"NoExecute\"",
                "v1 | Event | {'metadata':{'namespace':'a'},'involvedObject':{'namespace':'b'}}"
                        + " | involvedObject.namespace: Invalid value: \"b\": does not match event.namespace",
                "v1 | ResourceQuota | {'spec':{'hard':{'pods':'1.5'}}} | spec.hard[pods]: Invalid value: \"1.5\": must"
                        + " be an integer",
                "v1 | LimitRange | {'spec':{'limits':[{'type':'Pod','min':{'cpu':'2'},'max':{'cpu':'1'}}]}}"
                        + " | spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is greater than max value 1",
                "v1 | PersistentVolumeClaim | {'spec':{'resources':{'requests':{'storage':'1Gi'}}}} | spec.accessModes:"
                        + " Required value: at least 1 access mode is required",
                "v1 | PersistentVolumeClaim | {'spec':{'accessModes':['ReadWriteOnce']}} |"
                        + " spec.resources[storage]: Required value",
                "v1 | PersistentVolume | {'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce']}} |"
                        + " spec: Required value: must specify a volume type",
                "v1 | Binding | {'target':{'kind':'Node'}} | target.name: Required value",
                "coordination.k8s.io/v1 | Lease | {'spec':{'leaseDurationSeconds':0}} | spec.leaseDurationSeconds:"
                        + " Invalid value: 0: must be greater than 0",
                "scheduling.k8s.io/v1 | PriorityClass | {'value':1000000001} | value: Forbidden: maximum allowed value"
                        + " of a user defined priority is 1000000000",
                "scheduling.k8s.io/v1 | PriorityClass | {'metadata':{'name':'system-mine'},'value':1} | metadata.name:"
                        + " Forbidden: priority class names with 'system-' prefix are reserved for system use only. error:"
                        + " system-mine is not a known system priority class",
                "scheduling.k8s.io/v1 | PriorityClass |"
                        + " {'metadata':{'name':'system-node-critical'},'value':2000001000} | ``",
                "storage.k8s.io/v1 | StorageClass | {} | provisioner: Required value",
                "rbac.authorization.k8s.io/v1 | Role | {'rules':[{'apiGroups':[''],'resources':['pods']}]} |"
                        + " rules[0].verbs: Required value: verbs must contain at least one value",
                "rbac.authorization.k8s.io/v1 | Role | {'rules':[{'verbs':['get'],'nonResourceURLs':['/x']}]} |"
                        + " rules[0].nonResourceURLs: Invalid value: [\"/x\"]: namespaced rules cannot apply to"
                        + " non-resource URLs",
                "rbac.authorization.k8s.io/v1 | ClusterRole | {'rules':[{'verbs':['get'],'nonResourceURLs':['/x']}]} |"
                        + " ``",
                "rbac.authorization.k8s.io/v1 | RoleBinding |"
                        + " {'roleRef':{'kind':'Role','name':'r'},'subjects':[{'kind':'Dog','name':'d'}]} |"
                        + " subjects[0].kind: Unsupported value: \"Dog\": supported values: \"ServiceAccount\", \"User\","
                        + " \"Group\"",
            })
    void whatIsWrongWithANewObject(String apiVersion, String kind, String manifest, String expected) {
        assertThat(new ValidationKit(apiVersion, kind).create(manifest))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "v1 | ConfigMap | {'immutable':true,'data':{'a':'b'}} | {'immutable':true,'data':{'a':'c'}} | data:"
                        + " Forbidden: field is immutable when `immutable` is set",
                "v1 | ConfigMap | {'immutable':true} | {} | immutable: Forbidden: field is immutable when `immutable`"
                        + " is set",
                "v1 | Secret | {'type':'a/b'} | {'type':'c/d'} | type: Invalid value: \"c/d\": field is immutable",
                "v1 | Node | {'spec':{'podCIDR':'10.0.0.0/24'}} | {'spec':{'podCIDR':'10.0.1.0/24'}} | spec.podCIDRs:"
                        + " Forbidden: node updates may not change podCIDR except from \"\" to valid",
                "v1 | Node | {} | {'spec':{'podCIDR':'10.0.1.0/24','unschedulable':true,'taints':[{'key':'a',"
                        + "'effect':'NoSchedule'}]}} | ``",
                "scheduling.k8s.io/v1 | PriorityClass | {'value':1} | {'value':2} | value: Forbidden: may not be"
                        + " changed in an update.",
                "storage.k8s.io/v1 | StorageClass | {'provisioner':'a/b','volumeBindingMode':'Immediate'} |"
                        + " {'provisioner':'a/c','volumeBindingMode':'Immediate'} | provisioner: Invalid value:"
                        + " \"a/c\": field is immutable",
                "rbac.authorization.k8s.io/v1 | RoleBinding | {'roleRef':{'kind':'Role','name':'r'}} |"
                        + " {'roleRef':{'kind':'Role','name':'s'}} | roleRef: Invalid value:"
                        + " {\"APIGroup\":\"rbac.authorization.k8s.io\",\"Kind\":\"Role\",\"Name\":\"s\"}: cannot change"
                        + " roleRef",
                "v1 | PersistentVolumeClaim |"
                        + " {'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'2Gi'}}},'status':{'phase':'Bound','capacity':{'storage':'2Gi'}}}"
                        + " | {'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}},'status':{'phase':'Bound','capacity':{'storage':'2Gi'}}}"
                        + " | spec.resources.requests.storage: Forbidden: field can not be less than status.capacity",
            })
    void whatIsWrongWithAChange(String apiVersion, String kind, String current, String next, String expected) {
        assertThat(new ValidationKit(apiVersion, kind).update(current, next))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @Test
    void dataHasALimit() {
        String text = "x".repeat(1024 * 1024 + 1);
        assertThat(new ValidationKit("v1", "ConfigMap").create("{'data':{'a':'" + text + "'}}"))
                .containsExactly("[]: Too long: may not be more than 1048576 bytes");
    }

    @Test
    void aNamespacesPhaseFollowsItsDeletion() {
        assertThat(new ValidationKit("v1", "Namespace")
                        .update("status", "{'status':{'phase':'Active'}}", "{'status':{'phase':'Terminating'}}"))
                .containsExactly(
                        "status.Phase: Invalid value: \"Terminating\": may only be 'Active' if `deletionTimestamp` is"
                                + " empty");
    }
}
