package io.kubespring.kinds.defaulting;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** HorizontalPodAutoscaler in both versions. */
final class AutoscalingDefaults {

    private static final int CPU_PERCENT = 80;
    private static final int PERIOD_SECONDS = 15;

    private AutoscalingDefaults() {}

    static void v1(ObjectNode autoscaler) {
        ObjectNode spec = Absent.object(autoscaler, "spec");
        Absent.pointer(spec, "minReplicas", 1);
        if (!autoscaler.path("metadata").path("annotations").has("autoscaling.alpha.kubernetes.io/metrics")) {
            Absent.pointer(spec, "targetCPUUtilizationPercentage", CPU_PERCENT);
        }
    }

    static void v2(ObjectNode autoscaler) {
        ObjectNode spec = Absent.object(autoscaler, "spec");
        Absent.pointer(spec, "minReplicas", 1);
        if (Absent.isEmpty(spec, "metrics")) {
            ObjectNode metric = spec.putArray("metrics").addObject().put("type", "Resource");
            ObjectNode resource = metric.putObject("resource").put("name", "cpu");
            resource.putObject("target").put("type", "Utilization").put("averageUtilization", CPU_PERCENT);
        }
        Absent.within(spec, AutoscalingDefaults::behavior, "behavior");
    }

    private static void behavior(ObjectNode behavior) {
        ObjectNode up = Absent.object(behavior, "scaleUp");
        Absent.pointer(up, "stabilizationWindowSeconds", 0);
        Absent.pointer(up, "selectPolicy", "Max");
        if (Absent.isEmpty(up, "policies")) {
            ArrayNode policies = up.putArray("policies");
            policy(policies, "Pods", 4);
            policy(policies, "Percent", 100);
        }
        ObjectNode down = Absent.object(behavior, "scaleDown");
        Absent.pointer(down, "selectPolicy", "Max");
        if (Absent.isEmpty(down, "policies")) {
            policy(down.putArray("policies"), "Percent", 100);
        }
    }

    private static void policy(ArrayNode policies, String type, int value) {
        policies.addObject().put("type", type).put("value", value).put("periodSeconds", PERIOD_SECONDS);
    }
}
