package io.kubespring.kinds.defaulting;

import io.kubespring.kinds.pod.AggregateRequests;
import io.kubespring.kinds.tree.Field;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pods and pod templates. A few defaults belong to the Pod alone (requests from limits, service links, host ports), so
 * that a workload's template stays as its author wrote it.
 */
final class PodDefaults {

    private static final List<String> CONTAINER_LISTS = List.of("containers", "initContainers", "ephemeralContainers");

    private static final Set<String> SHARED = Set.of("cpu", "memory");

    private PodDefaults() {}

    static void pod(ObjectNode pod) {
        ObjectNode spec = Absent.object(pod, "spec");
        spec(spec);
        Absent.within(pod, PodDefaults::addresses, "status");
        for (String list : List.of("containers", "initContainers")) {
            for (ObjectNode container : Absent.each(spec, list)) {
                Absent.within(container, PodDefaults::requestsFromLimits, "resources");
            }
        }
        ofPod(spec);
        Absent.pointer(spec, "enableServiceLinks", true);
        if (spec.path("hostNetwork").asBoolean(false)) {
            hostPorts(spec);
        }
    }

    /** The template under {@code parent.template}; upstream has one even where none was sent. */
    static void template(ObjectNode parent) {
        ObjectNode template = Absent.object(parent, "template");
        Absent.object(template, "metadata");
        spec(Absent.object(template, "spec"));
    }

    static void spec(ObjectNode spec) {
        Absent.text(spec, "dnsPolicy", "ClusterFirst");
        Absent.text(spec, "restartPolicy", "Always");
        Absent.object(spec, "securityContext");
        Absent.pointer(spec, "terminationGracePeriodSeconds", 30);
        Absent.text(spec, "schedulerName", "default-scheduler");
        serviceAccount(spec);
        for (String list : CONTAINER_LISTS) {
            Absent.each(spec, list).forEach(ContainerDefaults::apply);
        }
        Absent.each(spec, "volumes").forEach(VolumeDefaults::pod);
    }

    /** The field has an old name; both are always written. */
    private static void serviceAccount(ObjectNode spec) {
        if (Absent.isEmptyText(spec, "serviceAccountName") && !Absent.isEmptyText(spec, "serviceAccount")) {
            spec.put("serviceAccountName", Absent.textOf(spec, "serviceAccount"));
        }
        if (!Absent.isEmptyText(spec, "serviceAccountName")) {
            spec.put("serviceAccount", Absent.textOf(spec, "serviceAccountName"));
        }
    }

    /** Clients of a single address and of several see the same. */
    private static void addresses(ObjectNode status) {
        if (!Absent.isEmptyText(status, "podIP") && Absent.isEmpty(status, "podIPs")) {
            status.putArray("podIPs").addObject().put("ip", Absent.textOf(status, "podIP"));
        } else if (Absent.isEmptyText(status, "podIP") && !Absent.isEmpty(status, "podIPs")) {
            status.put("podIP", Absent.textOf(status.path("podIPs").path(0), "ip"));
        }
    }

    private static void requestsFromLimits(ObjectNode resources) {
        ObjectNode limits = Absent.existing(resources, "limits");
        if (limits == null || limits.isEmpty()) {
            return;
        }
        ObjectNode requests = Absent.object(resources, "requests");
        limits.properties().forEach(limit -> {
            if (!requests.hasNonNull(limit.getKey())) {
                requests.set(limit.getKey(), limit.getValue());
            }
        });
    }

    /**
     * A limit of the Pod as a whole asks for as much as its containers do together, and for all of it where they ask for
     * nothing.
     */
    private static void ofPod(ObjectNode spec) {
        ObjectNode resources = Absent.existing(spec, "resources");
        ObjectNode limits = resources == null ? null : Absent.existing(resources, "limits");
        if (resources == null || limits == null || limits.isEmpty()) {
            return;
        }
        ObjectNode requests = Absent.object(resources, "requests");
        AggregateRequests.of(Field.root(spec)).forEach((resource, amount) -> {
            if (SHARED.contains(resource) && !requests.hasNonNull(resource)) {
                requests.put(resource, amount.toString());
            }
        });
        requestsFromLimits(resources);
    }

    /** In the host's network a container port is the host's port. */
    private static void hostPorts(ObjectNode spec) {
        for (String list : List.of("containers", "initContainers")) {
            for (ObjectNode container : Absent.each(spec, list)) {
                for (ObjectNode port : Absent.each(container, "ports")) {
                    Absent.number(port, "hostPort", port.path("containerPort").asInt(0));
                }
            }
        }
    }
}
