package io.kubespring.kinds.defaulting;

import io.kubespring.api.GroupVersionKind;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Upstream's {@code SetDefaults} for every built-in kind that has any, as one table. Idempotent: applied again, nothing
 * changes. A kind that is not in the table has no defaults.
 */
public final class Defaults {

    private static final Map<GroupVersionKind, Consumer<ObjectNode>> BY_KIND = new HashMap<>();

    static {
        on("v1", "Pod", PodDefaults::pod);
        on("v1", "PodTemplate", PodDefaults::template);
        on("v1", "ReplicationController", CoreDefaults::replicationController);
        on("v1", "Service", ServiceDefaults::service);
        on("v1", "Endpoints", ServiceDefaults::endpoints);
        on("v1", "Event", CoreDefaults::event);
        on("events.k8s.io/v1", "Event", event -> Absent.object(event, "deprecatedSource"));
        on("v1", "Secret", CoreDefaults::secret);
        on("v1", "Namespace", CoreDefaults::namespace);
        on("v1", "Node", CoreDefaults::node);
        on("v1", "LimitRange", CoreDefaults::limitRange);
        on("v1", "PersistentVolume", StorageDefaults::persistentVolume);
        on("v1", "PersistentVolumeClaim", StorageDefaults::persistentVolumeClaim);

        on("apps/v1", "Deployment", AppsDefaults::deployment);
        on("apps/v1", "ReplicaSet", AppsDefaults::replicaSet);
        on("apps/v1", "DaemonSet", AppsDefaults::daemonSet);
        on("apps/v1", "StatefulSet", AppsDefaults::statefulSet);
        on("batch/v1", "Job", BatchDefaults::job);
        on("batch/v1", "CronJob", BatchDefaults::cronJob);
        on("autoscaling/v1", "HorizontalPodAutoscaler", AutoscalingDefaults::v1);
        on("autoscaling/v2", "HorizontalPodAutoscaler", AutoscalingDefaults::v2);

        on("discovery.k8s.io/v1", "EndpointSlice", ServiceDefaults::endpointSlice);
        on("networking.k8s.io/v1", "NetworkPolicy", NetworkingDefaults::networkPolicy);
        on("networking.k8s.io/v1", "IngressClass", NetworkingDefaults::ingressClass);

        on("rbac.authorization.k8s.io/v1", "RoleBinding", RbacDefaults::binding);
        on("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", RbacDefaults::binding);
        on("storage.k8s.io/v1", "StorageClass", StorageDefaults::storageClass);
        on("storage.k8s.io/v1", "CSIDriver", StorageDefaults::csiDriver);
        on("scheduling.k8s.io/v1", "PriorityClass", object -> {
            Absent.pointer(object, "preemptionPolicy", "PreemptLowerPriority");
            Absent.pointer(object, "value", 0);
        });
        on(
                "authentication.k8s.io/v1",
                "TokenRequest",
                object -> Absent.pointer(Absent.object(object, "spec"), "expirationSeconds", 3600));
        on("resource.k8s.io/v1", "ResourceClaim", DeviceDefaults::claim);
        on("resource.k8s.io/v1", "ResourceClaimTemplate", DeviceDefaults::claimTemplate);

        String admission = "admissionregistration.k8s.io/v1";
        on(admission, "ValidatingWebhookConfiguration", AdmissionDefaults::validatingWebhooks);
        on(admission, "MutatingWebhookConfiguration", AdmissionDefaults::mutatingWebhooks);
        on(admission, "ValidatingAdmissionPolicy", AdmissionDefaults::policy);
        on(admission, "MutatingAdmissionPolicy", AdmissionDefaults::policy);
        on(admission, "ValidatingAdmissionPolicyBinding", AdmissionDefaults::policyBinding);
        on(admission, "MutatingAdmissionPolicyBinding", AdmissionDefaults::policyBinding);
        on("apiregistration.k8s.io/v1", "APIService", AdmissionDefaults::apiService);
        on("apiextensions.k8s.io/v1", "CustomResourceDefinition", CustomResourceDefaults::apply);
        on("flowcontrol.apiserver.k8s.io/v1", "FlowSchema", FlowControlDefaults::flowSchema);
        on("flowcontrol.apiserver.k8s.io/v1", "PriorityLevelConfiguration", FlowControlDefaults::priorityLevel);
    }

    private Defaults() {}

    /** Fills in what the client left out, in place. */
    public static void apply(GroupVersionKind kind, ObjectNode object) {
        @Nullable Consumer<ObjectNode> defaults = BY_KIND.get(kind);
        if (defaults != null) {
            defaults.accept(object);
        }
        if (object.get("status") instanceof ObjectNode status) {
            RequiredStatus.fill(kind, status);
        }
    }

    private static void on(String apiVersion, String kind, Consumer<ObjectNode> defaults) {
        BY_KIND.put(GroupVersionKind.of(apiVersion, kind), defaults);
    }
}
