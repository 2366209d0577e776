package io.kubespring.kinds.validation;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What nodes, events, limits, quotas, leases and claims are refused for beyond what {@code docs/kinds.md} shows. */
class CoreRefusalsTest {

    private static final String QUALIFIED =
            "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                    + " alphanumeric character (e.g. 'MyName', or 'my.name', or '123-abc', regex used for validation is"
                    + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    @TestFactory
    Stream<DynamicTest> nodes() {
        var nodes = new RefusalTable("v1", "Node", "{'spec':{'podCIDRs':['10.0.0.0/24'],'providerID':'p'}}");
        return Stream.concat(nodes.create("""
            /spec/podCIDRs = ["10.0.0.0/24","10.0.0.0/24"] =>
                spec.podCIDRs: Invalid value: ["10.0.0.0/24","10.0.0.0/24"]: may specify no more than one CIDR for each IP family |
                spec.podCIDRs[1]: Duplicate value: "10.0.0.0/24"
            /spec/taints = [{"key":"","effect":"NoSchedule"}] => metadata.taints[0].key: Invalid value: "": name part must be non-empty |
                metadata.taints[0].key: Invalid value: "": $QUALIFIED
            /spec/taints = [{"key":"a"}] => metadata.taints[0].effect: Required value
            /status/capacity = {"cpu":"-1"} && /status/allocatable = {"cpu":"1"} => status.capacity.cpu: Invalid value: "-1": must be greater than or equal to 0
            """.replace("$QUALIFIED", QUALIFIED)), nodes.update("""
                /spec/podCIDRs = ["10.0.1.0/24"] => spec.podCIDRs: Forbidden: node updates may not change podCIDR except from "" to valid
                /spec/providerID = "q" => spec.providerID: Forbidden: node updates may not change providerID except from "" to valid
                /spec/configSource = {} => spec.configSource: Invalid value: {}: exactly one reference subfield must be non-nil
                /spec/configSource = {"configMap":{"name":"c","namespace":"n","kubeletConfigKey":"k","uid":"u"}} =>
                    spec.configSource.configMap.uid: Forbidden: uid must not be set in spec
                /status/addresses = [{"type":"InternalIP","address":"1.2.3.4"},{"type":"InternalIP","address":"1.2.3.4"}] =>
                    status.addresses[1]: Duplicate value: {"Type":"InternalIP","Address":"1.2.3.4"}
                /status/config = {"active":{"configMap":{"name":"c","namespace":"n","kubeletConfigKey":"k","uid":"u"}}} =>
                    status.config.active.configMap.resourceVersion: Required value: resourceVersion must be set in status
                """));
    }

    @TestFactory
    Stream<DynamicTest> eventsOfOldClients() {
        var events = new RefusalTable(
                "v1", "Event", "{'metadata':{'namespace':'n'},'involvedObject':{'namespace':'n','name':'x'}}");
        return Stream.concat(events.create("""
            /involvedObject/namespace = null => involvedObject.namespace: Invalid value: "": does not match event.namespace
            /metadata/namespace = "default" && /involvedObject/namespace = null => fine
            /metadata/namespace = "kube-system" && /involvedObject/namespace = null =>
                involvedObject.namespace: Invalid value: "": does not match event.namespace
            /eventTime = "2026-01-01T00:00:00Z" && /involvedObject/namespace = "other" && /reportingComponent = "c" && /reportingInstance = "i"
                && /action = "a" && /reason = "r" => fine
            """), events.update("""
                /involvedObject/name = "y" => fine
                /involvedObject/namespace = "m" => involvedObject.namespace: Invalid value: "m": does not match event.namespace
                """));
    }

    @TestFactory
    Stream<DynamicTest> eventsOfNewClients() {
        var events = new RefusalTable(
                "events.k8s.io/v1",
                "Event",
                "{'metadata':{'namespace':'n'},'regarding':{'namespace':'n'},'eventTime':'2026-01-01T00:00:00Z','action':'a',"
                        + "'reason':'r','type':'Normal','reportingController':'c','reportingInstance':'i'}");
        return Stream.concat(
                events.create("""
                    /reportingController = "a b" => reportingController: Invalid value: "a b": $QUALIFIED
                    /action = "$LONG" => action: Invalid value: "": can have at most 128 characters
                    /series = {"count":2,"lastObservedTime":"2026-01-01T00:00:00Z"} => fine
                    /deprecatedCount = 1 => count: Invalid value: "": needs to be unset
                    """.replace("$QUALIFIED", QUALIFIED).replace("$LONG", "a".repeat(129))),
                events.update("""
                    /regarding/name = "x" => involvedObject: Invalid value: {"namespace":"n","name":"x"}: field is immutable
                    /eventTime = "2026-01-02T00:00:00Z" => eventTime: Invalid value: "2026-01-02T00:00:00Z": field is immutable
                    /reportingInstance = "j" => reportingInstance: Invalid value: "j": field is immutable
                    /series = {"count":3} => series.lastObservedTime: Required value
                    """));
    }

    @TestFactory
    Stream<DynamicTest> limits() {
        return new RefusalTable(
                        "v1",
                        "LimitRange",
                        "{'spec':{'limits':[{'type':'Container','max':{'cpu':'2'},'min':{'cpu':'1'},"
                                + "'default':{'cpu':'2'},'defaultRequest':{'cpu':'1'}}]}}")
                .create("""
                    /spec/limits/0/defaultRequest/cpu = "3" =>
                        spec.limits[0].defaultRequest[cpu]: Invalid value: "3": default request value 3 is greater than max value 2 |
                        spec.limits[0].defaultRequest[cpu]: Invalid value: "3": default request value 3 is greater than default limit value 2
                    /spec/limits/0/max/storage = "1Gi" && /spec/limits/0/type = "Pod" && /spec/limits/0/default = null && /spec/limits/0/defaultRequest = null => spec.limits[0].max[storage]: Invalid value: "storage": must be a standard resource for containers
                    /spec/limits/0/default/example.com~1gpu = "2" && /spec/limits/0/defaultRequest/example.com~1gpu = "1" =>
                        spec.limits[0].defaultRequest[example.com/gpu]: Invalid value: "1": default value 2 must equal to defaultRequest value 1 in example.com/gpu
                    /spec/limits/0/type = "example.com/Thing" => fine
                    """);
    }

    @TestFactory
    Stream<DynamicTest> quotas() {
        var quotas = new RefusalTable("v1", "ResourceQuota", "{'spec':{'hard':{'pods':'1'}}}");
        return Stream.concat(quotas.create("""
            /spec/hard/count~1deployments.apps = "1" => fine
            /spec/hard/requests.example.com~1gpu = "1" => fine
            /spec/scopeSelector = {"matchExpressions":[{"scopeName":"Terminating","operator":"In","values":["a"]}]} =>
                spec.scopeSelector.matchExpressions.operator: Invalid value: "In": must be 'Exists' when scope is any of
                ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,
                ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity
            /spec/scopeSelector = {"matchExpressions":[{"scopeName":"PriorityClass","operator":"Exists","values":["a"]}]} =>
                spec.scopeSelector.matchExpressions.values: Invalid value: ["a"]: must be no value when `operator` is 'Exist' or
                'DoesNotExist' for scope selector
            /spec/scopeSelector = {"matchExpressions":[{"scopeName":"PriorityClass","operator":"Near"}]} =>
                spec.scopeSelector.matchExpressions.operator: Invalid value: "Near": not a valid selector operator
            /spec/scopes = ["VolumeAttributesClass"] => spec.scopes: Invalid value: ["VolumeAttributesClass"]: unsupported scope applied to resource
            """), quotas.update("status", """
                /status/used = {"pods":"-1"} => status.used[pods]: Invalid value: "-1": must be greater than or equal to 0
                /status/hard = {"beans":"1"} => status.hard[beans]: Invalid value: "beans": must be a standard resource type or fully qualified |
                    status.hard[beans]: Invalid value: "beans": must be a standard resource for quota
                """));
    }

    @TestFactory
    Stream<DynamicTest> leases() {
        return new RefusalTable("coordination.k8s.io/v1", "Lease", "{'spec':{}}").create("""
            /spec/strategy = "OldestEmulationVersion" && /spec/preferredHolder = "a" => fine
            /spec/strategy = "Mine" => spec.strategy.strategy: Unsupported value: "Mine": supported values: "OldestEmulationVersion"
            /spec/preferredHolder = "a" => spec.preferredHolder: Forbidden: may only be specified if `strategy` is defined
            """);
    }

    @TestFactory
    Stream<DynamicTest> claims() {
        var bound = new RefusalTable(
                "v1",
                "PersistentVolumeClaim",
                "{'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'2Gi'}},'volumeName':'v',"
                        + "'volumeAttributesClassName':'gold'},'status':{'phase':'Bound','capacity':{'storage':'1Gi'}}}");
        var old = new RefusalTable(
                "v1",
                "PersistentVolumeClaim",
                "{'metadata':{'annotations':{'volume.beta.kubernetes.io/storage-class':'fast'}},'spec':"
                        + "{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'2Gi'}}}}");
        return Stream.of(bound.update("""
            /spec/volumeAttributesClassName = "silver" => fine
            /spec/volumeAttributesClassName = "" =>
                spec.volumeAttributesClassName: Forbidden: update from non-nil value to an empty string is forbidden
            /spec/volumeAttributesClassName = null =>
                spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\\n |
                spec.volumeAttributesClassName: Forbidden: update from non-nil value to nil is forbidden
            /spec/storageClassName = "fast" => fine
            """), old.update("""
                /spec/storageClassName = "fast" => fine
                /spec/storageClassName = "slow" =>
                    spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\\n
                /metadata/annotations = null => metadata.annotations.volume.beta.kubernetes.io/storage-class: Invalid value: "": field is immutable
                """), bound.update("status", """
                    /status/capacity/storage = "-1" => status.capacity[storage]: Invalid value: -1: must be a valid resource quantity
                    /status/allocatedResources = {"cpu":"1"} => status.allocatedResources: Unsupported value: "cpu": supported values: "storage"
                    /status/allocatedResourceStatuses = {"storage":"Growing"} => status.allocatedResourceStatuses: Unsupported value: "storage":
                        supported values: "ControllerResizeInProgress", "ControllerResizeInfeasible", "NodeResizeInProgress",
                        "NodeResizeInfeasible", "NodeResizePending"
                    """))
                .flatMap(each -> each);
    }

    @TestFactory
    Stream<DynamicTest> volumes() {
        return new RefusalTable(
                        "v1",
                        "PersistentVolume",
                        "{'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],'hostPath':{'path':'/d'},"
                                + "'nodeAffinity':{'required':{'nodeSelectorTerms':[{'matchExpressions':"
                                + "[{'key':'beta.kubernetes.io/os','operator':'In','values':['linux']}]}]}}}}")
                .update("""
                    /spec/nodeAffinity/required/nodeSelectorTerms/0/matchExpressions/0/key = "kubernetes.io/os" => fine
                    /spec/nodeAffinity = null => nodeAffinity: Invalid value: null: field is immutable, except for updating from beta label to GA
                    """);
    }
}
