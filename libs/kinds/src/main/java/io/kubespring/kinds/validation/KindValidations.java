package io.kubespring.kinds.validation;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.kinds.validation.access.RoleBindingValidation;
import io.kubespring.kinds.validation.access.RoleValidation;
import io.kubespring.kinds.validation.access.SigningRequestValidation;
import io.kubespring.kinds.validation.admission.PolicyBindingValidation;
import io.kubespring.kinds.validation.admission.PolicyValidation;
import io.kubespring.kinds.validation.admission.WebhookValidation;
import io.kubespring.kinds.validation.core.BindingValidation;
import io.kubespring.kinds.validation.core.ConfigMapValidation;
import io.kubespring.kinds.validation.core.EventValidation;
import io.kubespring.kinds.validation.core.LeaseValidation;
import io.kubespring.kinds.validation.core.LimitRangeValidation;
import io.kubespring.kinds.validation.core.NamespaceValidation;
import io.kubespring.kinds.validation.core.NodeValidation;
import io.kubespring.kinds.validation.core.PriorityClassValidation;
import io.kubespring.kinds.validation.core.QuotaValidation;
import io.kubespring.kinds.validation.core.ScaleValidation;
import io.kubespring.kinds.validation.core.SecretValidation;
import io.kubespring.kinds.validation.device.DeviceClassValidation;
import io.kubespring.kinds.validation.device.ResourceClaimTemplateValidation;
import io.kubespring.kinds.validation.device.ResourceClaimValidation;
import io.kubespring.kinds.validation.device.ResourceSliceValidation;
import io.kubespring.kinds.validation.extension.ApiServiceValidation;
import io.kubespring.kinds.validation.extension.CustomResourceDefinitionValidation;
import io.kubespring.kinds.validation.flowcontrol.FlowSchemaValidation;
import io.kubespring.kinds.validation.flowcontrol.PriorityLevelValidation;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.network.IngressClassValidation;
import io.kubespring.kinds.validation.network.IngressValidation;
import io.kubespring.kinds.validation.network.IpAddressValidation;
import io.kubespring.kinds.validation.network.NetworkPolicyValidation;
import io.kubespring.kinds.validation.network.ServiceCidrValidation;
import io.kubespring.kinds.validation.node.RuntimeClassValidation;
import io.kubespring.kinds.validation.pod.PodTemplateValidation;
import io.kubespring.kinds.validation.pod.PodValidation;
import io.kubespring.kinds.validation.service.EndpointSliceValidation;
import io.kubespring.kinds.validation.service.EndpointsValidation;
import io.kubespring.kinds.validation.service.ServiceValidation;
import io.kubespring.kinds.validation.storage.ClaimValidation;
import io.kubespring.kinds.validation.storage.CsiDriverValidation;
import io.kubespring.kinds.validation.storage.CsiNodeValidation;
import io.kubespring.kinds.validation.storage.CsiStorageCapacityValidation;
import io.kubespring.kinds.validation.storage.PersistentVolumeValidation;
import io.kubespring.kinds.validation.storage.StorageClassValidation;
import io.kubespring.kinds.validation.storage.VolumeAttachmentValidation;
import io.kubespring.kinds.validation.storage.VolumeAttributesClassValidation;
import io.kubespring.kinds.validation.workload.AutoscalerValidation;
import io.kubespring.kinds.validation.workload.ControllerRevisionValidation;
import io.kubespring.kinds.validation.workload.CronJobValidation;
import io.kubespring.kinds.validation.workload.DaemonSetValidation;
import io.kubespring.kinds.validation.workload.DeploymentValidation;
import io.kubespring.kinds.validation.workload.DisruptionBudgetValidation;
import io.kubespring.kinds.validation.workload.JobValidation;
import io.kubespring.kinds.validation.workload.ReplicaSetValidation;
import io.kubespring.kinds.validation.workload.ReplicationControllerValidation;
import io.kubespring.kinds.validation.workload.StatefulSetValidation;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which kinds have rules of their own, one line each. */
final class KindValidations {

    private static final Map<GroupVersionKind, KindValidation> BY_KIND = new HashMap<>();

    static {
        on("v1", "Pod", new PodValidation());
        on("v1", "PodTemplate", new PodTemplateValidation());
        on("v1", "ReplicationController", new ReplicationControllerValidation());
        on("v1", "Service", new ServiceValidation());
        on("v1", "Endpoints", new EndpointsValidation());
        on("v1", "ConfigMap", new ConfigMapValidation());
        on("v1", "Secret", new SecretValidation());
        on("v1", "Namespace", new NamespaceValidation());
        on("v1", "Node", new NodeValidation());
        on("v1", "Event", EventValidation.ofCore());
        on("v1", "ResourceQuota", new QuotaValidation());
        on("v1", "LimitRange", new LimitRangeValidation());
        on("v1", "PersistentVolume", new PersistentVolumeValidation());
        on("v1", "PersistentVolumeClaim", new ClaimValidation());
        on("v1", "Binding", new BindingValidation());

        on("apps/v1", "Deployment", new DeploymentValidation());
        on("apps/v1", "ReplicaSet", new ReplicaSetValidation());
        on("apps/v1", "StatefulSet", new StatefulSetValidation());
        on("apps/v1", "DaemonSet", new DaemonSetValidation());
        on("apps/v1", "ControllerRevision", new ControllerRevisionValidation());
        on("batch/v1", "Job", new JobValidation());
        on("batch/v1", "CronJob", new CronJobValidation());
        on("autoscaling/v1", "Scale", new ScaleValidation());
        on("autoscaling/v1", "HorizontalPodAutoscaler", new AutoscalerValidation());
        on("autoscaling/v2", "HorizontalPodAutoscaler", new AutoscalerValidation());
        on("policy/v1", "PodDisruptionBudget", new DisruptionBudgetValidation());

        on("discovery.k8s.io/v1", "EndpointSlice", new EndpointSliceValidation());
        on("networking.k8s.io/v1", "Ingress", new IngressValidation());
        on("networking.k8s.io/v1", "NetworkPolicy", new NetworkPolicyValidation());
        on("events.k8s.io/v1", "Event", EventValidation.ofEventsGroup());
        on("coordination.k8s.io/v1", "Lease", new LeaseValidation());
        on("scheduling.k8s.io/v1", "PriorityClass", new PriorityClassValidation());
        on("networking.k8s.io/v1", "IngressClass", new IngressClassValidation());
        on("networking.k8s.io/v1", "ServiceCIDR", new ServiceCidrValidation());
        on("networking.k8s.io/v1", "IPAddress", new IpAddressValidation());
        on("node.k8s.io/v1", "RuntimeClass", new RuntimeClassValidation());
        on("storage.k8s.io/v1", "StorageClass", new StorageClassValidation());
        on("storage.k8s.io/v1", "VolumeAttachment", new VolumeAttachmentValidation());
        on("storage.k8s.io/v1", "VolumeAttributesClass", new VolumeAttributesClassValidation());
        on("storage.k8s.io/v1", "CSIDriver", new CsiDriverValidation());
        on("storage.k8s.io/v1", "CSINode", new CsiNodeValidation());
        on("storage.k8s.io/v1", "CSIStorageCapacity", new CsiStorageCapacityValidation());

        on("resource.k8s.io/v1", "DeviceClass", new DeviceClassValidation());
        on("resource.k8s.io/v1", "ResourceClaim", new ResourceClaimValidation());
        on("resource.k8s.io/v1", "ResourceClaimTemplate", new ResourceClaimTemplateValidation());
        on("resource.k8s.io/v1", "ResourceSlice", new ResourceSliceValidation());

        on("rbac.authorization.k8s.io/v1", "Role", new RoleValidation(true));
        on("rbac.authorization.k8s.io/v1", "ClusterRole", new RoleValidation(false));
        on("rbac.authorization.k8s.io/v1", "RoleBinding", new RoleBindingValidation(true));
        on("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", new RoleBindingValidation(false));
        on("certificates.k8s.io/v1", "CertificateSigningRequest", new SigningRequestValidation());
        String admission = "admissionregistration.k8s.io/v1";
        on(admission, "ValidatingWebhookConfiguration", new WebhookValidation(false));
        on(admission, "MutatingWebhookConfiguration", new WebhookValidation(true));
        on(admission, "ValidatingAdmissionPolicy", new PolicyValidation(false));
        on(admission, "MutatingAdmissionPolicy", new PolicyValidation(true));
        on(admission, "ValidatingAdmissionPolicyBinding", new PolicyBindingValidation(false));
        on(admission, "MutatingAdmissionPolicyBinding", new PolicyBindingValidation(true));
        on("apiextensions.k8s.io/v1", "CustomResourceDefinition", new CustomResourceDefinitionValidation());
        on("apiregistration.k8s.io/v1", "APIService", new ApiServiceValidation());
        on("flowcontrol.apiserver.k8s.io/v1", "FlowSchema", new FlowSchemaValidation());
        on("flowcontrol.apiserver.k8s.io/v1", "PriorityLevelConfiguration", new PriorityLevelValidation());
    }

    private KindValidations() {}

    static @Nullable KindValidation of(GroupVersionKind kind) {
        return BY_KIND.get(kind);
    }

    private static void on(String apiVersion, String kind, KindValidation validation) {
        BY_KIND.put(GroupVersionKind.of(apiVersion, kind), validation);
    }
}
