package io.kubespring.kinds.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is wrong with workloads that run for ever, in upstream's words. */
class WorkloadValidationTest {

    private static final String VALID = "{'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':"
            + "{'labels':{'a':'b'}},'spec':{'containers':[{'name':'a','image':'b'}]}}},'status':{'collisionCount':2}}";
    private static final String MISMATCH = "`selector` does not match template `labels`";

    private final RefusalTable deployments = new RefusalTable("apps/v1", "Deployment", VALID);
    private final RefusalTable replicaSets = new RefusalTable("apps/v1", "ReplicaSet", VALID);
    private final RefusalTable daemonSets = new RefusalTable("apps/v1", "DaemonSet", VALID);
    private final RefusalTable statefulSets = new RefusalTable("apps/v1", "StatefulSet", VALID);
    private final RefusalTable controllers =
            new RefusalTable("v1", "ReplicationController", VALID.replace("{'matchLabels':{'a':'b'}}", "{'a':'b'}"));
    private final RefusalTable revisions =
            new RefusalTable("apps/v1", "ControllerRevision", "{'data':{'a':1},'revision':1}");
    private final RefusalTable budgets =
            new RefusalTable("policy/v1", "PodDisruptionBudget", "{'spec':{'minAvailable':1},'status':{}}");
    private final RefusalTable classes =
            new RefusalTable("scheduling.k8s.io/v1", "PriorityClass", "{'metadata':{'name':'mine'},'value':10}");

    @TestFactory
    Stream<DynamicTest> deployments() {
        return deployments.create("""
            /spec/replicas = 0 => fine
            /spec/replicas = -1 => spec.replicas: Invalid value: -1: must be greater than or equal to 0
            /spec/selector = null => spec.selector: Required value |
                spec.template.metadata.labels: Invalid value: {"a":"b"}: $MISMATCH
            /spec/selector = {} => spec.selector: Invalid value: {}: empty selector is invalid for deployment
            /spec/selector = {"matchExpressions":[{"key":"a","operator":"In"}]} =>
                spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn' |
                spec.selector: Invalid value: {"matchExpressions":[{"key":"a","operator":"In"}]}: invalid label selector
            /spec/selector/matchLabels = {"x":"y"} => spec.template.metadata.labels: Invalid value: {"a":"b"}: $MISMATCH
            /spec/template = null => spec.template.metadata.labels: Invalid value: null: $MISMATCH |
                spec.template.spec.containers: Required value
            /spec/template/spec/restartPolicy = "Never" =>
                spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"
            /spec/template/spec/activeDeadlineSeconds = 5 =>
                spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported
            /spec/minReadySeconds = -1 => spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0
            /spec/revisionHistoryLimit = -1 => spec.revisionHistoryLimit: Invalid value: -1: must be greater than or equal to 0
            /spec/progressDeadlineSeconds = 5 && /spec/minReadySeconds = 5 =>
                spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds
            /spec/progressDeadlineSeconds = -1 => spec.progressDeadlineSeconds: Invalid value: -1: must be greater than or equal to 0 |
                spec.progressDeadlineSeconds: Invalid value: -1: must be greater than minReadySeconds
            """.replace("$MISMATCH", MISMATCH));
    }

    @TestFactory
    Stream<DynamicTest> strategiesOfDeployments() {
        return deployments.create("""
            /spec/strategy = {"type":"Recreate"} => fine
            /spec/strategy = {"type":"Recreate","rollingUpdate":{"maxSurge":1}} =>
                spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'
            /spec/strategy = {"type":"Slowly"} =>
                spec.strategy: Unsupported value: {"type":"Slowly"}: supported values: "Recreate", "RollingUpdate"
            /spec/strategy/rollingUpdate = {"maxSurge":0,"maxUnavailable":"0%"} =>
                spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0
            /spec/strategy/rollingUpdate = {"maxSurge":"150%","maxUnavailable":"101%"} =>
                spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "101%": must not be greater than 100%
            /spec/strategy/rollingUpdate = {"maxSurge":-1,"maxUnavailable":1} =>
                spec.strategy.rollingUpdate.maxSurge: Invalid value: -1: must be greater than or equal to 0
            /spec/strategy/rollingUpdate = {"maxSurge":"x","maxUnavailable":1} =>
                spec.strategy.rollingUpdate.maxSurge: Invalid value: "x": a valid percent string must be a numeric string
                followed by an ending '%' (e.g. '1%', or '93%', regex used for validation is '[0-9]+%')
            """);
    }

    @TestFactory
    Stream<DynamicTest> selectorsAreForEver() {
        String table = """
            /spec/selector/matchLabels/c = "d" && /spec/template/metadata/labels/c = "d" =>
                spec.selector: Invalid value: {"matchLabels":{"a":"b","c":"d"}}: field is immutable
            /spec/template/spec/containers/0/image = "c" => fine
            /spec/minReadySeconds = 3 => fine
            """;
        return Stream.of(deployments, replicaSets, daemonSets).flatMap(each -> each.update(table));
    }

    @TestFactory
    Stream<DynamicTest> replicaSets() {
        return replicaSets.create("""
            /spec/selector = {} => spec.selector: Invalid value: {}: empty selector is invalid for deployment
            /spec/replicas = -1 && /spec/minReadySeconds = -1 =>
                spec.replicas: Invalid value: -1: must be greater than or equal to 0 |
                spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0
            """);
    }

    @TestFactory
    Stream<DynamicTest> daemonSets() {
        return daemonSets.create("""
            # Upstream does not miss a selector; it only selects nothing.
            /spec/selector = null => spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`
            /spec/selector = {} => spec.selector: Invalid value: {}: empty selector is invalid for daemonset
            /spec/updateStrategy = {"type":"OnDelete"} => fine
            /spec/updateStrategy = {"type":"Never"} =>
                spec.updateStrategy: Unsupported value: {"type":"Never"}: supported values: "RollingUpdate", "OnDelete"
            /spec/updateStrategy/rollingUpdate = {"maxUnavailable":0} =>
                spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0
            /spec/updateStrategy/rollingUpdate = {"maxUnavailable":1,"maxSurge":1} =>
                spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero
            /spec/updateStrategy/rollingUpdate = {"maxUnavailable":0,"maxSurge":"120%"} =>
                spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: "120%": must not be greater than 100%
            /spec/template/spec/activeDeadlineSeconds = 5 =>
                spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in DaemonSet is not Supported
            /spec/revisionHistoryLimit = -1 => spec.revisionHistoryLimit: Invalid value: -1: must be greater than or equal to 0
            """);
    }

    @TestFactory
    Stream<DynamicTest> statefulSets() {
        return statefulSets.create("""
            /metadata/name = "a.b" => metadata.name: Invalid value: "a.b": must not contain dots
            /spec/podManagementPolicy = "x" => spec.podManagementPolicy: Invalid value: "x": must be 'OrderedReady' or 'Parallel'
            /spec/updateStrategy = {"type":"OnDelete","rollingUpdate":{"partition":1}} =>
                spec.updateStrategy.rollingUpdate: Invalid value: {"partition":1}: only allowed for updateStrategy 'RollingUpdate'
            /spec/updateStrategy = {"type":"x"} => spec.updateStrategy: Invalid value: {"type":"x"}: must be 'RollingUpdate' or 'OnDelete'
            /spec/updateStrategy/rollingUpdate = {"partition":-1,"maxUnavailable":0} =>
                spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0 |
                spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: 0: cannot be 0
            /spec/persistentVolumeClaimRetentionPolicy = {"whenDeleted":"Keep","whenScaled":"Delete"} =>
                spec.persistentVolumeClaimRetentionPolicy.whenDeleted: Unsupported value: "Keep": supported values: "Retain", "Delete"
            /spec/ordinals = {"start":-1} => spec.ordinals.start: Invalid value: -1: must be greater than or equal to 0
            /spec/serviceName = "a_b" => spec.serviceName: Invalid value: "a_b": a lowercase RFC 1123 label must consist of lower
                case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',
                or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')
            /spec/selector = null => spec.selector: Required value |
                spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`
            /spec/selector = {} => spec.selector: Invalid value: {}: empty selector is invalid for statefulset
            /spec/template/spec/activeDeadlineSeconds = 5 =>
                spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in StatefulSet is not Supported
            # Its Pods are checked as they will be: with a volume for every claim, and names of the controller's.
            /spec/template/spec/containers/0/volumeMounts = [{"name":"data","mountPath":"/data"}] =>
                spec.template.spec.containers[0].volumeMounts[0].name: Not found: "data"
            /spec/template/spec/containers/0/volumeMounts = [{"name":"data","mountPath":"/data"}] && /spec/volumeClaimTemplates =
                [{"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}]
                => fine
            /spec/template/spec/hostname = "A!" => fine
            /spec/template/spec/dnsPolicy = "x" => spec.template.spec.dnsPolicy: Unsupported value: "x": supported values:
                "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"
            /spec/volumeClaimTemplates = [{"metadata":{"name":"data"}}] =>
                spec.volumeClaimTemplates[0].spec.accessModes: Required value: at least 1 access mode is required |
                spec.volumeClaimTemplates[0].spec.resources[storage]: Required value
            """);
    }

    @Test
    void aStatefulSetWithABrokenTemplateCanStillBeScaled() {
        String broken = "{'metadata':{'name':'a'},'spec':{'serviceName':'s','selector':{'matchLabels':{'a':'b'}},"
                + "'template':{'metadata':{'labels':{'a':'b'}},'spec':{'dnsPolicy':'x','containers':[{'name':'a','image':'b'}]}}}}";
        var kit = new ValidationKit("apps/v1", "StatefulSet");

        assertThat(kit.update(broken, next -> ((ObjectNode) next.get("spec")).put("replicas", 3)))
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> aStatefulSetKeepsItsIdentity() {
        return statefulSets.update("""
            /spec/replicas = 3 => fine
            /spec/ordinals = {"start":2} => fine
            /spec/minReadySeconds = 2 && /spec/revisionHistoryLimit = 2 => fine
            /spec/persistentVolumeClaimRetentionPolicy/whenDeleted = "Delete" => fine
            /spec/updateStrategy = {"type":"OnDelete"} && /spec/template/spec/containers/0/image = "c" => fine
            /spec/podManagementPolicy = "Parallel" => spec: Forbidden: $FIXED
            /spec/serviceName = "t" => spec: Forbidden: $FIXED
            /spec/volumeClaimTemplates = [{"metadata":{"name":"x"}}] => spec: Forbidden: $FIXED
            """.replace(
                        "$FIXED",
                        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                                + " 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and"
                                + " 'minReadySeconds' are forbidden"));
    }

    @TestFactory
    Stream<DynamicTest> replicationControllers() {
        return controllers.create("""
            /spec/selector = {} => fine
            /spec/selector = {"x":"y"} => spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`
            /spec/template = null => spec.template: Required value
            /spec/template = null && /spec/selector = null => spec.selector: Required value | spec.template: Required value
            /spec/replicas = -1 => spec.replicas: Invalid value: -1: must be greater than or equal to 0
            /spec/template/spec/restartPolicy = "OnFailure" =>
                spec.template.spec.restartPolicy: Unsupported value: "OnFailure": supported values: "Always"
            /spec/template/spec/activeDeadlineSeconds = 5 =>
                spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicationController is not Supported
            """);
    }

    @TestFactory
    Stream<DynamicTest> countersInAStatusMakeSense() {
        return Stream.concat(
                deployments.update("status", """
                    /status/replicas = 1 && /status/readyReplicas = 2 =>
                        status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas
                    /status/replicas = 3 && /status/readyReplicas = 1 && /status/availableReplicas = 2 =>
                        status.availableReplicas: Invalid value: 2: cannot be greater than readyReplicas
                    /status/terminatingReplicas = -1 => status.terminatingReplicas: Invalid value: -1: must be greater than or equal to 0
                    /status/collisionCount = 1 => status.collisionCount: Invalid value: 1: cannot be decremented
                    /status/collisionCount = null => status.collisionCount: Invalid value: 0: cannot be decremented
                    /status/observedGeneration = -1 => status.observedGeneration: Invalid value: -1: must be greater than or equal to 0
                    """),
                Stream.of(
                                statefulSets.update("status", """
                                    /status/replicas = 1 && /status/currentReplicas = 2 =>
                                        status.currentReplicas: Invalid value: 2: cannot be greater than status.replicas
                                    /status/replicas = 3 && /status/readyReplicas = 1 && /status/availableReplicas = 2 =>
                                        status.availableReplicas: Invalid value: 2: cannot be greater than status.readyReplicas
                                    """),
                                daemonSets.update("status", """
                                    /status/numberReady = -1 => status.numberReady: Invalid value: -1: must be greater than or equal to 0
                                    /status/collisionCount = 1 => status.collisionCount: Invalid value: 1: cannot be decremented
                                    """),
                                replicaSets.update("status", """
                                    /status/replicas = 1 && /status/fullyLabeledReplicas = 2 =>
                                        status.fullyLabeledReplicas: Invalid value: 2: cannot be greater than status.replicas
                                    """),
                                controllers.update("status", """
                                    /status/replicas = -1 => status.replicas: Invalid value: -1: must be greater than or equal to 0 |
                                        status.fullyLabeledReplicas: Invalid value: 0: cannot be greater than status.replicas |
                                        status.readyReplicas: Invalid value: 0: cannot be greater than status.replicas |
                                        status.availableReplicas: Invalid value: 0: cannot be greater than status.replicas
                                    """))
                        .flatMap(each -> each));
    }

    @TestFactory
    Stream<DynamicTest> controllerRevisions() {
        return Stream.concat(revisions.create("""
            /revision = -1 => revision: Invalid value: -1: must be greater than or equal to 0
            /data = null => data: Required value: data is mandatory
            /data = [1] => data: Required value: data must be a valid JSON object
            """), revisions.update("""
                /revision = 2 => fine
                /data = {"a":2} => data: Invalid value: {"a":2}: field is immutable
                """));
    }

    @TestFactory
    Stream<DynamicTest> disruptionBudgets() {
        return Stream.concat(budgets.create("""
            /spec/minAvailable = "50%" => fine
            /spec/maxUnavailable = 1 =>
                spec: Invalid value: {"minAvailable":1,"maxUnavailable":1}: minAvailable and maxUnavailable cannot be both set
            /spec/minAvailable = "101%" => spec.minAvailable: Invalid value: "101%": must not be greater than 100%
            /spec/minAvailable = -1 => spec.minAvailable: Invalid value: -1: must be greater than or equal to 0
            /spec/unhealthyPodEvictionPolicy = "Never" =>
                spec.unhealthyPodEvictionPolicy: Unsupported value: "Never": supported values: "AlwaysAllow", "IfHealthyBudget"
            /spec/selector = {"matchLabels":{"-":"b"}} => spec.selector.matchLabels: Invalid value: "-": name part must consist of
                alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',
                or 'my.name', or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
            """), budgets.update("status", """
                /status/disruptionsAllowed = -1 => status.disruptionsAllowed: Invalid value: -1: must be greater than or equal to 0
                /status/conditions = [{"type":"DisruptionAllowed","status":"Maybe"}] =>
                    status.conditions[0].status: Unsupported value: "Maybe": supported values: "False", "True", "Unknown" |
                    status.conditions[0].lastTransitionTime: Required value |
                    status.conditions[0].reason: Required value
                """));
    }

    @TestFactory
    Stream<DynamicTest> priorityClasses() {
        return Stream.concat(classes.create("""
            /value = 1000000001 => value: Forbidden: maximum allowed value of a user defined priority is 1000000000
            /metadata/name = "system-mine" => metadata.name: Forbidden: priority class names with 'system-' prefix are
                reserved for system use only. error: system-mine is not a known system priority class
            /metadata/name = "system-node-critical" => metadata.name: Forbidden: priority class names with 'system-' prefix
                are reserved for system use only. error: value of system-node-critical PriorityClass must be 2000001000
            /preemptionPolicy = "Sometimes" =>
                preemptionPolicy: Unsupported value: "Sometimes": supported values: "PreemptLowerPriority", "Never"
            /preemptionPolicy = "" => preemptionPolicy: Required value
            """), classes.update("""
                /value = 11 => value: Forbidden: may not be changed in an update.
                /preemptionPolicy = "Never" => preemptionPolicy: Invalid value: "Never": field is immutable
                /globalDefault = true && /description = "x" => fine
                """));
    }
}
