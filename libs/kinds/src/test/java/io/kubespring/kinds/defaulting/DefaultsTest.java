package io.kubespring.kinds.defaulting;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class DefaultsTest {

    /** What a template gets that nobody sent. */
    private static final String TEMPLATE =
            "{\"metadata\":{},\"spec\":{\"dnsPolicy\":\"ClusterFirst\",\"restartPolicy\":\"Always\",\"securityContext\":{},"
                    + "\"terminationGracePeriodSeconds\":30,\"schedulerName\":\"default-scheduler\"}}";

    @Test
    void podGetsEveryDefaultOfUpstream() {
        ObjectNode pod = defaulted("v1", "Pod", """
            {"spec":{"containers":[{"name":"a","image":"nginx","ports":[{"containerPort":80}],
              "readinessProbe":{"httpGet":{"port":80}},
              "env":[{"name":"IP","valueFrom":{"fieldRef":{"fieldPath":"status.podIP"}}},
                {"name":"F","valueFrom":{"fileKeyRef":{"key":"k"}}}],
              "resources":{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"100m"}}}],
             "volumes":[{"name":"e"},{"name":"s","secret":{"secretName":"x"}}]}}\
            """);
        assertThat(pod).isEqualTo(tree("""
            {"spec":{"containers":[{"name":"a","image":"nginx","ports":[{"containerPort":80,"protocol":"TCP"}],
              "readinessProbe":{"httpGet":{"port":80,"path":"/","scheme":"HTTP"},"timeoutSeconds":1,
                "periodSeconds":10,"successThreshold":1,"failureThreshold":3},
              "env":[{"name":"IP","valueFrom":{"fieldRef":{"fieldPath":"status.podIP","apiVersion":"v1"}}},
                {"name":"F","valueFrom":{"fileKeyRef":{"key":"k","optional":false}}}],
              "resources":{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"100m","memory":"1Gi"}},
              "imagePullPolicy":"Always","terminationMessagePath":"/dev/termination-log",
              "terminationMessagePolicy":"File"}],
             "volumes":[{"name":"e","emptyDir":{}},{"name":"s","secret":{"secretName":"x","defaultMode":420}}],
             "dnsPolicy":"ClusterFirst","restartPolicy":"Always","securityContext":{},
             "terminationGracePeriodSeconds":30,"schedulerName":"default-scheduler","enableServiceLinks":true}}\
            """));
    }

    @Test
    void applyingAgainChangesNothing() {
        ObjectNode once = defaulted("apps/v1", "Deployment", """
            {"spec":{"template":{"spec":{"containers":[{"name":"a","image":"nginx:1"}]}}}}\
            """);
        ObjectNode twice = once.deepCopy();
        Defaults.apply(GroupVersionKind.of("apps/v1", "Deployment"), twice);
        assertThat(twice).isEqualTo(once);
    }

    @ParameterizedTest
    @CsvSource({
        "nginx, Always",
        "nginx:latest, Always",
        "nginx:1.27, IfNotPresent",
        "registry:5000/nginx, Always",
        "registry:5000/nginx:1, IfNotPresent",
        "nginx@sha256:00, IfNotPresent",
    })
    void pullPolicyFollowsTheTag(String image, String policy) {
        ObjectNode pod =
                defaulted("v1", "Pod", "{\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"" + image + "\"}]}}");
        assertThat(pod.at("/spec/containers/0/imagePullPolicy").asString()).isEqualTo(policy);
    }

    @Test
    void templateOfAWorkloadKeepsWhatIsThePodsAlone() {
        ObjectNode deployment = defaulted("apps/v1", "Deployment", """
            {"spec":{"template":{"spec":{"hostNetwork":true,"containers":[{"name":"a","image":"nginx:1",
              "ports":[{"containerPort":80}],"resources":{"limits":{"cpu":"1"}}}]}}}}\
            """);
        assertThat(deployment.at("/spec/template/spec/enableServiceLinks").isMissingNode())
                .isTrue();
        assertThat(deployment
                        .at("/spec/template/spec/containers/0/resources/requests")
                        .isMissingNode())
                .isTrue();
        assertThat(deployment
                        .at("/spec/template/spec/containers/0/ports/0/hostPort")
                        .isMissingNode())
                .isTrue();
        assertThat(deployment.at("/spec/strategy")).isEqualTo(tree("""
            {"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"25%","maxSurge":"25%"}}\
            """));
        assertThat(deployment.at("/spec/progressDeadlineSeconds").asInt()).isEqualTo(600);
    }

    @Test
    void hostNetworkPodTakesItsPortsOnTheHost() {
        ObjectNode pod = defaulted("v1", "Pod", """
            {"spec":{"hostNetwork":true,"containers":[{"name":"a","image":"b","ports":[{"containerPort":80}]}]}}\
            """);
        assertThat(pod.at("/spec/containers/0/ports/0/hostPort").asInt()).isEqualTo(80);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v1 | Secret | {} | {'type':'Opaque'}",
                "v1 | Secret | {'data':{'a':'eA==','b':'eA=='},'stringData':{'b':'y'}}"
                        + "| {'data':{'a':'eA==','b':'eQ=='},'type':'Opaque'}",
                "v1 | Node | {'spec':{'podCIDR':'10.244.0.0/24'}}"
                        + "| {'spec':{'podCIDR':'10.244.0.0/24','podCIDRs':['10.244.0.0/24']}}",
                "v1 | ConfigMap | {} | {}",
                "v1 | Namespace | {'metadata':{'name':'a'}}"
                        + "| {'metadata':{'name':'a','labels':{'kubernetes.io/metadata.name':'a'}},"
                        + "'status':{'phase':'Active'}}",
                "v1 | Service | {'spec':{'ports':[{'port':80}]}}"
                        + "| {'spec':{'ports':[{'port':80,'protocol':'TCP','targetPort':80}],'sessionAffinity':'None',"
                        + "'type':'ClusterIP','internalTrafficPolicy':'Cluster'}}",
                "v1 | Service | {'spec':{'type':'NodePort','sessionAffinity':'ClientIP'}}"
                        + "| {'spec':{'type':'NodePort','sessionAffinity':'ClientIP',"
                        + "'sessionAffinityConfig':{'clientIP':{'timeoutSeconds':10800}},"
                        + "'externalTrafficPolicy':'Cluster','internalTrafficPolicy':'Cluster'}}",
                "v1 | Service | {'spec':{'type':'ExternalName','externalName':'a.b'}}"
                        + "| {'spec':{'type':'ExternalName','externalName':'a.b','sessionAffinity':'None'}}",
                "v1 | PersistentVolumeClaim | {} | {'status':{'phase':'Pending'},"
                        + "'spec':{'resources':{},'volumeMode':'Filesystem'}}",
                "v1 | Node | {'status':{'capacity':{'cpu':'2'}}}"
                        + "| {'status':{'capacity':{'cpu':'2'},'allocatable':{'cpu':'2'}}}",
                "v1 | LimitRange | {'spec':{'limits':[{'type':'Container','max':{'cpu':'2'}}]}}"
                        + "| {'spec':{'limits':[{'type':'Container','max':{'cpu':'2'},'default':{'cpu':'2'},"
                        + "'defaultRequest':{'cpu':'2'}}]}}",
                "batch/v1 | Job | {'spec':{}} | {'spec':{'completions':1,'parallelism':1,'backoffLimit':6,"
                        + "'completionMode':'NonIndexed','suspend':false,'manualSelector':false,"
                        + "'podReplacementPolicy':'TerminatingOrFailed','template':TEMPLATE}}",
                "batch/v1 | CronJob | {'spec':{}} | {'spec':{'concurrencyPolicy':'Allow','suspend':false,"
                        + "'successfulJobsHistoryLimit':3,'failedJobsHistoryLimit':1,'jobTemplate':{'metadata':{},'spec':{'template':TEMPLATE}}}}",
                "apps/v1 | ReplicaSet | {'spec':{},'status':{}}"
                        + "| {'spec':{'replicas':1,'template':TEMPLATE},'status':{'replicas':0}}",
                "apps/v1 | StatefulSet | {'spec':{'updateStrategy':{'rollingUpdate':{'partition':3}}}}"
                        + "| {'spec':{'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'partition':3"
                        + "}},'podManagementPolicy':'OrderedReady','replicas':1,"
                        + "'revisionHistoryLimit':10,'persistentVolumeClaimRetentionPolicy':{'whenDeleted':'Retain',"
                        + "'whenScaled':'Retain'},'template':TEMPLATE}}",
                "v1 | ReplicationController | {'spec':{}} | {'spec':{'replicas':1}}",
                "rbac.authorization.k8s.io/v1 | RoleBinding | {'roleRef':{'kind':'Role'},'subjects':[{'kind':'User'},"
                        + "{'kind':'ServiceAccount'}]}"
                        + "| {'roleRef':{'kind':'Role','apiGroup':'rbac.authorization.k8s.io'},'subjects':"
                        + "[{'kind':'User','apiGroup':'rbac.authorization.k8s.io'},{'kind':'ServiceAccount'}]}",
                "storage.k8s.io/v1 | StorageClass | {}"
                        + "| {'reclaimPolicy':'Delete','volumeBindingMode':'Immediate'}",
                "networking.k8s.io/v1 | NetworkPolicy | {'spec':{'egress':[{}]}}"
                        + "| {'spec':{'egress':[{}],'policyTypes':['Ingress','Egress']}}",
                "scheduling.k8s.io/v1 | PriorityClass | {} | {'preemptionPolicy':'PreemptLowerPriority','value':0}",
                "discovery.k8s.io/v1 | EndpointSlice | {'ports':[{'port':1}]}"
                        + "| {'ports':[{'port':1,'name':'','protocol':'TCP'}]}",
                "unknown/v1 | Thing | {} | {}",
            })
    void everyKindHasItsTable(String apiVersion, String kind, String given, String expected) {
        // Numbers compare by their text: 1 as an int and as a long are the same JSON.
        assertThat(Json.read(
                        defaulted(apiVersion, kind, given.replace('\'', '"')).toString()))
                .isEqualTo(tree(expected.replace('\'', '"')));
    }

    private static ObjectNode defaulted(String apiVersion, String kind, String json) {
        ObjectNode object = tree(json);
        Defaults.apply(GroupVersionKind.of(apiVersion, kind), object);
        return (ObjectNode) Json.read(object.toString());
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) Json.read(json.replace("TEMPLATE", TEMPLATE));
    }
}
