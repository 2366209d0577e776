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

    private static final Map<GroupResource, SelectableFields> BY_RESOURCE = Map.of(
            new GroupResource("", "pods"),
            PODS,
            new GroupResource("", "nodes"),
            SelectableFields.of(new Field("spec.unschedulable", "spec.unschedulable", "false")),
            new GroupResource("", "events"),
            EVENTS,
            new GroupResource("events.k8s.io", "events"),
            EVENTS,
            new GroupResource("", "secrets"),
            SelectableFields.of(at("type")),
            new GroupResource("", "namespaces"),
            SelectableFields.of(at("status.phase")),
            new GroupResource("", "replicationcontrollers"),
            REPLICAS,
            new GroupResource("apps", "replicasets"),
            REPLICAS,
            new GroupResource("batch", "jobs"),
            SelectableFields.of(count("status.successful", "status.succeeded")),
            new GroupResource("certificates.k8s.io", "certificatesigningrequests"),
            SelectableFields.of(at("spec.signerName")));

    private BuiltInSelectableFields() {}

    private static Field count(String name, String path) {
        return new Field(name, path, "0");
    }

    public static SelectableFields of(GroupResource resource) {
        return BY_RESOURCE.getOrDefault(resource, SelectableFields.NONE);
    }
}
