package io.kubespring.apiserver.cache;

import static io.kubespring.apiserver.cache.SelectableFields.Field.at;

import io.kubespring.api.GroupResource;
import io.kubespring.apiserver.cache.SelectableFields.Field;
import java.util.Map;

/** The selectable fields that upstream documents for its own kinds. */
public final class BuiltInSelectableFields {

    private static final SelectableFields PODS = SelectableFields.of(
            at("spec.nodeName"),
            at("spec.restartPolicy"),
            at("spec.schedulerName"),
            at("spec.serviceAccountName"),
            new Field("spec.hostNetwork", "spec.hostNetwork", "false"),
            at("status.phase"),
            at("status.podIP"),
            at("status.podIPs"),
            at("status.nominatedNodeName"));

    private static final SelectableFields EVENTS = SelectableFields.of(
            at("involvedObject.kind"),
            at("involvedObject.namespace"),
            at("involvedObject.name"),
            at("involvedObject.uid"),
            at("involvedObject.apiVersion"),
            at("involvedObject.resourceVersion"),
            at("involvedObject.fieldPath"),
            at("reason"),
            at("reportingComponent"),
            new Field("source", "source.component", ""),
            at("type"));

    private static final SelectableFields REPLICAS = SelectableFields.of(count("status.replicas", "status.replicas"));

    private static final Map<GroupResource, SelectableFields> BY_RESOURCE = Map.ofEntries(
            entry("", "pods", PODS),
            entry("", "nodes", SelectableFields.of(new Field("spec.unschedulable", "spec.unschedulable", "false"))),
            entry("", "events", EVENTS),
            entry("events.k8s.io", "events", EVENTS),
            entry("", "secrets", SelectableFields.of(at("type"))),
            entry("", "services", SelectableFields.of(at("spec.clusterIP"), at("spec.type"))),
            entry("", "namespaces", SelectableFields.of(at("status.phase"))),
            entry("", "replicationcontrollers", REPLICAS),
            entry("apps", "replicasets", REPLICAS),
            entry("batch", "jobs", SelectableFields.of(count("status.successful", "status.succeeded"))),
            entry("certificates.k8s.io", "certificatesigningrequests", SelectableFields.of(at("spec.signerName"))),
            entry("resource.k8s.io", "resourceslices", SelectableFields.of(at("spec.nodeName"), at("spec.driver"))));

    private BuiltInSelectableFields() {}

    private static Map.Entry<GroupResource, SelectableFields> entry(
            String group, String plural, SelectableFields fields) {
        return Map.entry(new GroupResource(group, plural), fields);
    }

    private static Field count(String name, String path) {
        return new Field(name, path, "0");
    }

    public static SelectableFields of(GroupResource resource) {
        return BY_RESOURCE.getOrDefault(resource, SelectableFields.NONE);
    }
}
