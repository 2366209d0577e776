package io.kubespring.kinds.validation;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is wrong with HorizontalPodAutoscalers, in upstream's words. */
class AutoscalerValidationTest {

    private final RefusalTable autoscalers = new RefusalTable(
            "autoscaling/v2",
            "HorizontalPodAutoscaler",
            "{'spec':{'maxReplicas':3,'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'d'}},'status':{}}");

    @TestFactory
    Stream<DynamicTest> boundsAndTargets() {
        return autoscalers.create("""
            /spec/maxReplicas = 0 => spec.maxReplicas: Required value: must be set and greater than 0 |
                spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`
            /spec/minReplicas = 4 => spec.maxReplicas: Invalid value: 3: must be greater than or equal to `minReplicas`
            /spec/minReplicas = 0 => spec.minReplicas: Invalid value: 0: must be greater than or equal to 1 |
                spec.metrics: Forbidden: must specify at least one Object or External metric to support scaling to zero replicas
            /spec/scaleTargetRef = {} => spec.scaleTargetRef.kind: Required value | spec.scaleTargetRef.name: Required value |
                spec.scaleTargetRef.apiVersion: Invalid value: "": apiVersion must specify API group
            /spec/scaleTargetRef/kind = "a/b" => spec.scaleTargetRef.kind: Invalid value: "a/b": may not contain '/'
            /spec/scaleTargetRef/apiVersion = "a/b/c" =>
                spec.scaleTargetRef.apiVersion: Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c
            /spec/scaleTargetRef = {"apiVersion":"v1","kind":"ReplicationController","name":"r"} => fine
            """);
    }

    @TestFactory
    Stream<DynamicTest> aTargetThatStaysIsNotLookedAtAgain() {
        return new RefusalTable(
                        "autoscaling/v2",
                        "HorizontalPodAutoscaler",
                        "{'spec':{'maxReplicas':3,'scaleTargetRef':{'kind':'Deployment','name':'d'}}}")
                .update("""
                    /spec/maxReplicas = 4 => fine
                    /spec/scaleTargetRef/kind = "ReplicaSet" =>
                        spec.scaleTargetRef.apiVersion: Invalid value: "": apiVersion must specify API group
                    """);
    }

    @TestFactory
    Stream<DynamicTest> metrics() {
        return autoscalers.create("""
            /spec/metrics = [{}] => spec.metrics[0].type: Required value: must specify a metric source type | $TYPES"" $ALL | $TYPES"" $ALL
            /spec/metrics = [{"type":"Guess"}] => $TYPES"Guess" $ALL | $TYPES"Guess" $ALL
            /spec/metrics = [{"type":"Pods"}] => spec.metrics[0].pods: Required value: must populate information for the given metric source
            /spec/metrics = [{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":50}},"pods":{}}] =>
                spec.metrics[0].pods.metric.name: Required value: must specify a metric name |
                spec.metrics[0].pods.target.type: Required value: must specify a metric target type |
                spec.metrics[0].pods.target.type: Invalid value: "": must be either Utilization, Value, or AverageValue |
                spec.metrics[0].pods.target.averageValue: Required value: must specify a positive target averageValue |
                spec.metrics[0].pods: Forbidden: must populate the given metric source only
            /spec/metrics = [{"type":"Resource","resource":{"name":"","target":{"type":"Utilization"}}}] =>
                spec.metrics[0].resource.name: Required value: must specify a resource name |
                spec.metrics[0].resource.target.averageUtilization: Required value: must set either a target raw value or a target utilization
            /spec/metrics = [{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":0,"averageValue":"0"}}}] =>
                spec.metrics[0].resource.target.averageValue: Invalid value: "0": must be positive |
                spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0 |
                spec.metrics[0].resource.target.averageValue: Forbidden: may not set both a target raw value and a target utilization
            /spec/metrics = [{"type":"ContainerResource","containerResource":{"name":"cpu","container":"A","target":{"type":"Utilization","averageUtilization":50}}}] =>
                spec.metrics[0].containerResource.container: Invalid value: "A": a lowercase RFC 1123 label must consist of lower
                case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',
                or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')
            /spec/metrics = [{"type":"ContainerResource","containerResource":{"name":"gpu","container":"a","target":{"type":"Utilization","averageUtilization":50}}}] =>
                spec.metrics[0].containerResource.name: Invalid value: "gpu": must be a standard resource type or fully qualified |
                spec.metrics[0].containerResource.name: Invalid value: "gpu": must be a standard resource for containers
            /spec/metrics = [{"type":"External","external":{"metric":{"name":"a/b"},"target":{"type":"Value","value":"1","averageValue":"1"}}}] =>
                spec.metrics[0].external.metric.name: Invalid value: "a/b": may not contain '/' |
                spec.metrics[0].external.target.value: Forbidden: may not set both a target value for metric and a per-pod target
            /spec/metrics = [{"type":"Object","object":{"describedObject":{"kind":"Service","name":"s"},"metric":{"name":"m"},"target":{"type":"Value"}}}] =>
                spec.metrics[0].object.target.averageValue: Required value: must set either a target value or averageValue
            """.replace("$TYPES", "spec.metrics[0].type: Unsupported value: ").replace(
                " $ALL",
                ": supported values: \"ContainerResource\", \"External\", \"Object\", \"Pods\", \"Resource\""));
    }

    @TestFactory
    Stream<DynamicTest> behavior() {
        return autoscalers.create("""
            /spec/behavior = {"scaleUp":{"selectPolicy":"Disabled"}} => fine
            /spec/behavior = {"scaleUp":{"stabilizationWindowSeconds":-1}} =>
                spec.behavior.scaleUp.stabilizationWindowSeconds: Invalid value: -1: must be greater than or equal to zero
            /spec/behavior = {"scaleDown":{"stabilizationWindowSeconds":3601,"selectPolicy":"Any"}} =>
                spec.behavior.scaleDown.stabilizationWindowSeconds: Invalid value: 3601: must be less than or equal to 3600 |
                spec.behavior.scaleDown.selectPolicy: Unsupported value: "Any": supported values: "Disabled", "Max", "Min"
            /spec/behavior = {"scaleDown":{"policies":[{"type":"Half","value":0,"periodSeconds":1801}]}} =>
                spec.behavior.scaleDown.policies[0].type: Unsupported value: "Half": supported values: "Percent", "Pods" |
                spec.behavior.scaleDown.policies[0].value: Invalid value: 0: must be greater than zero |
                spec.behavior.scaleDown.policies[0].periodSeconds: Invalid value: 1801: must be less than or equal to 1800
            """);
    }

    @TestFactory
    Stream<DynamicTest> status() {
        return autoscalers.update("status", """
            /status/desiredReplicas = -1 => status.desiredReplicas: Invalid value: -1: must be greater than or equal to 0
            /status/currentReplicas = 2 => fine
            """);
    }
}
