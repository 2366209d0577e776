package io.kubespring.kinds.defaulting;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Probes and lifecycle handlers of a container. */
final class ProbeDefaults {

    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");
    private static final List<String> HOOKS = List.of("postStart", "preStop");

    private ProbeDefaults() {}

    static void apply(ObjectNode container) {
        for (String each : PROBES) {
            Absent.within(container, ProbeDefaults::probe, each);
        }
        for (String each : HOOKS) {
            Absent.within(container, ProbeDefaults::httpGet, "lifecycle", each, "httpGet");
        }
    }

    private static void probe(ObjectNode probe) {
        Absent.number(probe, "timeoutSeconds", 1);
        Absent.number(probe, "periodSeconds", 10);
        Absent.number(probe, "successThreshold", 1);
        Absent.number(probe, "failureThreshold", 3);
        Absent.within(probe, ProbeDefaults::httpGet, "httpGet");
        Absent.within(probe, grpc -> Absent.pointer(grpc, "service", ""), "grpc");
    }

    private static void httpGet(ObjectNode action) {
        Absent.text(action, "path", "/");
        Absent.text(action, "scheme", "HTTP");
    }
}
