package io.kubespring.apimachinery.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.json.Json;
import io.kubespring.apimachinery.structural.StructuralChecker;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ConversionsTest {

    private static final GroupVersionKind CORE = new GroupVersionKind("", "v1", "Event");
    private static final GroupVersionKind EVENTS = new GroupVersionKind("events.k8s.io", "v1", "Event");
    private static final GroupVersionKind V1 = new GroupVersionKind("autoscaling", "v1", "HorizontalPodAutoscaler");
    private static final GroupVersionKind V2 = new GroupVersionKind("autoscaling", "v2", "HorizontalPodAutoscaler");

    @Test
    void eventsHaveOtherNamesInTheirOwnGroup() {
        ObjectNode core = read("""
            {"apiVersion": "v1", "kind": "Event", "metadata": {"name": "e"}, "message": "m", "reason": "r",
             "involvedObject": {"name": "p"}, "source": {"component": "c"}, "count": 2,
             "firstTimestamp": "2026-01-01T00:00:00Z", "lastTimestamp": "2026-01-01T00:00:01Z",
             "reportingComponent": "rc", "reportingInstance": "ri"}\
            """);
        ObjectNode event = Conversions.convert(core, EVENTS);
        assertThat(event).isEqualTo(read("""
            {"apiVersion": "events.k8s.io/v1", "kind": "Event", "metadata": {"name": "e"}, "note": "m",
             "reason": "r", "regarding": {"name": "p"}, "deprecatedSource": {"component": "c"},
             "deprecatedCount": 2, "deprecatedFirstTimestamp": "2026-01-01T00:00:00Z",
             "deprecatedLastTimestamp": "2026-01-01T00:00:01Z", "reportingController": "rc",
             "reportingInstance": "ri"}\
            """));
        assertThat(Conversions.toStored(event)).isEqualTo(core);
        assertMeetsSchema(event, EVENTS);
    }

    @Test
    void anAutoscalerOfCpuIsTheSameInBothVersions() {
        ObjectNode v1 = read("""
            {"apiVersion": "autoscaling/v1", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "h"},
             "spec": {"maxReplicas": 3, "targetCPUUtilizationPercentage": 80},
             "status": {"currentReplicas": 1, "currentCPUUtilizationPercentage": 10}}\
            """);
        ObjectNode v2 = Conversions.toStored(v1);
        assertThat(v2).isEqualTo(read("""
            {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "h"},
             "spec": {"maxReplicas": 3, "metrics": [{"type": "Resource", "resource":
               {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 80}}}]},
             "status": {"currentReplicas": 1, "currentMetrics": [{"type": "Resource", "resource":
               {"name": "cpu", "current": {"averageUtilization": 10}}}]}}\
            """));
        assertThat(Conversions.convert(v2, V1)).isEqualTo(v1);
        assertMeetsSchema(v2, V2);
    }

    @Test
    void whatOnlyV2KnowsSurvivesV1() {
        ObjectNode v2 = read("""
            {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "h"},
             "spec": {"maxReplicas": 3, "behavior": {"scaleDown": {"stabilizationWindowSeconds": 5}}, "metrics": [
               {"type": "Pods", "pods": {"metric": {"name": "rps"},
                                         "target": {"averageValue": "10", "type": "AverageValue"}}},
               {"type": "Object", "object": {"describedObject": {"kind": "Ingress", "name": "i"},
                  "metric": {"name": "hits"}, "target": {"value": "5", "type": "Value"}}},
               {"type": "External", "external": {"metric": {"name": "q", "selector": {"matchLabels": {"a": "b"}}},
                  "target": {"averageValue": "1", "type": "AverageValue"}}},
               {"type": "ContainerResource", "containerResource": {"name": "memory", "container": "c",
                  "target": {"averageUtilization": 60, "type": "Utilization"}}},
               {"type": "Resource", "resource": {"name": "cpu",
                  "target": {"averageUtilization": 50, "type": "Utilization"}}}]},
             "status": {"conditions": [{"type": "AbleToScale", "status": "True"}]}}\
            """);
        ObjectNode v1 = Conversions.convert(v2, V1);
        assertThat(v1.at("/spec/targetCPUUtilizationPercentage").asInt()).isEqualTo(50);
        assertThat(v1.path("metadata")
                        .path("annotations")
                        .path("autoscaling.alpha.kubernetes.io/metrics")
                        .asString())
                .startsWith("[{\"type\":\"Pods\",\"pods\":{\"metricName\":\"rps\",\"targetAverageValue\":\"10\"}},"
                        + "{\"type\":\"Object\",\"object\":{\"target\":{\"kind\":\"Ingress\",\"name\":\"i\"},"
                        + "\"metricName\":\"hits\",\"targetValue\":\"5\"}}");
        assertMeetsSchema(v1, V1);
        assertThat(Conversions.toStored(v1)).isEqualTo(v2);
    }

    @Test
    void anAnnotationThatIsNoJsonStays() {
        ObjectNode v1 = read("""
            {"apiVersion": "autoscaling/v1", "kind": "HorizontalPodAutoscaler",
             "metadata": {"annotations": {"autoscaling.alpha.kubernetes.io/metrics": "[{"}}, "spec": {"maxReplicas": 1}}\
            """);
        assertThat(Conversions.convert(Conversions.toStored(v1), V1)).isEqualTo(v1);
    }

    @Test
    void otherKindsStayAsTheyAre() {
        ObjectNode pod = read("{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}");
        assertThat(Conversions.toStored(pod)).isSameAs(pod);
        assertThatThrownBy(() -> Conversions.convert(pod, CORE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void versionsWithoutRulesDifferByName() {
        ObjectNode widget = read("{\"apiVersion\": \"example.com/v1\", \"kind\": \"Widget\", \"spec\": {}}");
        assertThat(Conversions.convert(widget, new GroupVersionKind("example.com", "v2", "Widget")))
                .isEqualTo(read("{\"apiVersion\": \"example.com/v2\", \"kind\": \"Widget\", \"spec\": {}}"));
    }

    @Test
    void whateverSharesAPlaceInTheStoreCanBeConverted() {
        for (ResourceType one : Catalog.builtIn().all()) {
            for (ResourceType other : Catalog.builtIn().all()) {
                if (one.stored() && Objects.equals(one.storagePrefix(), other.storagePrefix())) {
                    assertThat(Conversions.stored(one.kind())).isEqualTo(Conversions.stored(other.kind()));
                }
            }
        }
    }

    private static void assertMeetsSchema(ObjectNode object, GroupVersionKind kind) {
        ResourceType type = Objects.requireNonNull(Catalog.builtIn().byKind(kind));
        assertThat(StructuralChecker.check(object.deepCopy(), type.schema()).problems())
                .isEmpty();
    }

    private static ObjectNode read(String json) {
        return (ObjectNode) Json.read(json);
    }
}
