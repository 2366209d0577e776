package io.kubespring.kinds.validation;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What may be changed about a Pod that exists, endpoint by endpoint. */
class PodUpdatesTest {

    private static final String ONLY = "pod updates may not change fields other than"
            + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations`"
            + " (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if"
            + " it was previously negative)";

    private final RefusalTable pods = new RefusalTable(
            "v1",
            "Pod",
            "{'metadata':{'annotations':{'kept':'x'}},'spec':{'activeDeadlineSeconds':10,'tolerations':[{'key':'k','operator':"
                    + "'Exists'}],'containers':[{'name':'a','image':'b','resources':{'requests':{'cpu':'1','memory':'1Gi'},"
                    + "'limits':{'memory':'2Gi'}}}],'initContainers':[{'name':'i','image':'b'},{'name':'s','image':'b',"
                    + "'restartPolicy':'Always'}]},'status':{'phase':'Running','qosClass':'Burstable'}}");

    private final RefusalTable gated = new RefusalTable(
            "v1",
            "Pod",
            "{'spec':{'schedulingGates':[{'name':'g'}],'nodeSelector':{'a':'b'},'affinity':{'nodeAffinity':{"
                    + "'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[{'matchExpressions':[{'key':'k',"
                    + "'operator':'Exists'}]}]}}},'containers':[{'name':'a','image':'b'}]}}");

    private final RefusalTable ended = new RefusalTable(
            "v1",
            "Pod",
            "{'spec':{'restartPolicy':'OnFailure','containers':[{'name':'a','image':'b'}],'initContainers':[{'name':'i','image':"
                    + "'b'}]},'status':{'qosClass':'BestEffort','containerStatuses':[{'name':'a','state':{'terminated':"
                    + "{'exitCode':0}}}],'initContainerStatuses':[{'name':'i','state':{'terminated':{'exitCode':1}}}]}}");

    @TestFactory
    Stream<DynamicTest> theObject() {
        return pods.update("""
            /spec/containers/0/image = "c" => fine
            /spec/containers/0/image = "" => spec.containers[0].image: Required value | spec.containers[0].image: Required value
            /spec/containers/1 = {"name":"x","image":"b"} => spec.containers: Forbidden: pod updates may not add or remove containers
            /spec/dnsPolicy = "Default" => spec: Forbidden: $ONLY\\n- dnsPolicy: "ClusterFirst"\\n+ dnsPolicy: "Default"\\n
            /spec/containers/0/resources/requests/cpu = "2" => spec: Forbidden: $ONLY\\n- containers[0].resources.requests.cpu: "1"\\n+
                containers[0].resources.requests.cpu: "2"\\n
            /spec/activeDeadlineSeconds = 5 => fine
            /spec/activeDeadlineSeconds = 11 => spec.activeDeadlineSeconds: Invalid value: 11: must be less than or equal to previous value
            /spec/activeDeadlineSeconds = null => spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive integer to
                nil value
            /spec/tolerations/1 = {"key":"l","operator":"Exists"} => fine
            /spec/tolerations = [] => spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds
            /spec/schedulingGates = [{"name":"g"}] => spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new
                scheduling gate 'g'
            /metadata/annotations/kubernetes.io~1config.mirror = "x" =>
                metadata.annotations[kubernetes.io/config.mirror]: Forbidden: may not add mirror pod annotation |
                metadata.annotations[kubernetes.io/config.mirror]: Invalid value: "x": must set spec.nodeName if mirror pod annotation is set
            """.replace("$ONLY", ONLY));
    }

    @TestFactory
    Stream<DynamicTest> aPodThatWaitsForItsGates() {
        return gated.update("""
            /spec/schedulingGates = [] => fine
            /spec/nodeSelector/c = "d" => fine
            /spec/nodeSelector = {"a":"x"} => spec.nodeSelector: Invalid value: {"a":"x"}: only additions to spec.nodeSelector are allowed
                (no mutations or deletions)
            /spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchExpressions/1 =
                {"key":"l","operator":"Exists"} => fine
            /spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/1 = {"matchExpressions":
                [{"key":"l","operator":"Exists"}]} => spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms:
                Invalid value: [{"matchExpressions":[{"key":"k","operator":"Exists"}]},{"matchExpressions":[{"key":"l","operator":"Exists"}]}]:
                no additions/deletions to non-empty NodeSelectorTerms list are allowed
            """);
    }

    @TestFactory
    Stream<DynamicTest> resize() {
        return pods.update("resize", """
            /spec/containers/0/resources/requests/cpu = "2" => fine
            /spec/containers/0/resources/limits/memory = "1500Mi" => fine
            /spec/containers/0/resources/limits/cpu = "3" => fine
            /spec/containers/0/resources = {"requests":{"memory":"1Gi"},"limits":{"memory":"2Gi"}} =>
                spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed
            /spec/containers/0/resources = {"requests":{"cpu":"1","memory":"2Gi"},"limits":{"cpu":"1","memory":"2Gi"}} && /spec/initContainers = [] =>
                spec.initContainers: Forbidden: initContainers may not be added or removed on resize
            /spec/containers/0/image = "c" => spec: Forbidden: only cpu and memory resources are mutable
            /spec/initContainers/0/resources = {"requests":{"cpu":"1"}} => spec: Forbidden: resources for non-sidecar init containers are
                immutable
            /spec/initContainers/1/resources = {"requests":{"cpu":"1"}} => fine
            /spec/containers/0/name = "x" => spec.containers: Forbidden: containers may not be renamed or reordered on resize
            """);
    }

    @TestFactory
    Stream<DynamicTest> ephemeralContainers() {
        return pods.update("ephemeralcontainers", """
            /spec/ephemeralContainers = [{"name":"e","image":"b","targetContainerName":"a"}] => fine
            /spec/ephemeralContainers = [{"name":"a","image":"b"}] => spec.ephemeralContainers[0].name: Duplicate value: "a"
            /spec/ephemeralContainers = [{"name":"e","image":"b","livenessProbe":{"grpc":{"port":1}}}] =>
                spec.ephemeralContainers[0].livenessProbe: Forbidden: cannot be set for an Ephemeral Container
            """);
    }

    @TestFactory
    Stream<DynamicTest> status() {
        return ended.update("status", """
            /status/containerStatuses/0/state = {"running":{}} =>
                status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state
            /status/initContainerStatuses/0/state = {"running":{}} => fine
            /status/qosClass = "Guaranteed" => status.qosClass: Invalid value: "Guaranteed": field is immutable
            /status/podIPs = [{"ip":"x"}] => status.podIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
            /status/podIPs = [{"ip":"10.0.0.1"},{"ip":"10.0.0.2"}] => status.podIPs: Invalid value: [{"ip":"10.0.0.1"},{"ip":"10.0.0.2"}]:
                may specify no more than one IP for each IP family
            /status/hostIPs = [{"ip":"10.0.0.1"}] => status.hostIPs[0].ip: Invalid value: "10.0.0.1": must be equal to `hostIP`
            /status/conditions = [{"type":"a b","status":"True"}] => metadata.conditions[0].Type: Invalid value: "a b": name part must consist of
                alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName', or 'my.name', or
                '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
            /status/resourceClaimStatuses = [{"name":"x"}] => status.resourceClaimStatuses[0].name: Invalid value: "x": must match the name of an
                entry in `spec.resourceClaims`
            """);
    }
}
