package io.kubespring.apiserver.strategies;

import static io.kubespring.apiserver.strategies.WorkloadStrategy.NOTHING;

import io.kubespring.api.GroupResource;
import io.kubespring.apiserver.allocation.ServiceAllocations;
import io.kubespring.apiserver.registry.ResourceStrategy;
import io.kubespring.apiserver.strategies.service.ServiceStrategy;
import io.kubespring.kinds.warnings.CoreWarnings;
import io.kubespring.kinds.warnings.NetworkWarnings;
import io.kubespring.kinds.warnings.ServiceWarnings;
import io.kubespring.kinds.warnings.StorageWarnings;
import io.kubespring.kinds.warnings.WorkloadWarnings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every built-in resource that is more than plain configuration, one line each. */
public final class BuiltInStrategies {

    private final Map<GroupResource, ResourceStrategy> strategies = new HashMap<>();

    private BuiltInStrategies(ServiceAllocations allocations, Duration eventTimeToLive) {
        core(allocations, eventTimeToLive);
        workloads();
        access();
        storage();
        network();
        devices();
        extension();
    }

    /** @param eventTimeToLive {@code --event-ttl} */
    public static Map<GroupResource, ResourceStrategy> all(ServiceAllocations allocations, Duration eventTimeToLive) {
        return Map.copyOf(new BuiltInStrategies(allocations, eventTimeToLive).strategies);
    }

    private void core(ServiceAllocations allocations, Duration eventTimeToLive) {
        on("", "pods", new PodStrategy());
        on("", "services", new ServiceStrategy(allocations));
        on("", "namespaces", new NamespaceStrategy());
        on("", "nodes", new NodeStrategy());
        on("", "events", new EventStrategy(eventTimeToLive));
        on("events.k8s.io", "events", new EventStrategy(eventTimeToLive));
        on("", "configmaps", Traits.PLAIN);
        on("", "secrets", new WarningStrategy(Traits.PLAIN, (next, current) -> KeyPairWarnings.of(next)));
        on(
                "",
                "endpoints",
                new WarningStrategy(
                        Traits.PLAIN.withCreateOnUpdate(), (next, current) -> ServiceWarnings.endpoints(next)));
        on("", "serviceaccounts", new WarningStrategy(Traits.PLAIN.withDeletedObject(), CoreWarnings::serviceAccount));
        on("", "limitranges", Traits.PLAIN.withCreateOnUpdate());
        on("", "resourcequotas", Traits.PLAIN.withDeletedObject());
        on(
                "",
                "podtemplates",
                new WorkloadStrategy(Traits.CONTROLLED.withDeletedObject(), "template", NOTHING, NOTHING));
        on(
                "",
                "replicationcontrollers",
                new WorkloadStrategy(Traits.CONTROLLED.orphaning(), "spec.template", WorkloadWarnings::name, NOTHING));
        on("", "persistentvolumes", new VolumeStrategy());
        on("", "persistentvolumeclaims", new ClaimStrategy());
    }

    private void workloads() {
        on("apps", "deployments", new DeploymentStrategy());
        on(
                "apps",
                "replicasets",
                new WorkloadStrategy(Traits.CONTROLLED, "spec.template", WorkloadWarnings::name, NOTHING));
        on(
                "apps",
                "statefulsets",
                new WorkloadStrategy(Traits.CONTROLLED, "spec.template", NOTHING, WorkloadWarnings::statefulSet));
        on("apps", "daemonsets", new DaemonSetStrategy());
        on("apps", "controllerrevisions", Traits.PLAIN);
        on("batch", "jobs", new JobStrategy());
        on(
                "batch",
                "cronjobs",
                new WorkloadStrategy(
                        Traits.CONTROLLED,
                        "spec.jobTemplate.spec.template",
                        WorkloadWarnings::name,
                        WorkloadWarnings::cronJob));
        on("autoscaling", "horizontalpodautoscalers", new AutoscalerStrategy());
        on("policy", "poddisruptionbudgets", Traits.CONTROLLED.withConditionalUpdate());
        on("scheduling.k8s.io", "priorityclasses", new PriorityClassStrategy());
        on("coordination.k8s.io", "leases", Traits.PLAIN.withCreateOnUpdate().withConditionalUpdate());
        on("node.k8s.io", "runtimeclasses", Traits.PLAIN.withCreateOnUpdate().withConditionalUpdate());
    }

    private void access() {
        for (String each : List.of("roles", "rolebindings", "clusterroles", "clusterrolebindings")) {
            on("rbac.authorization.k8s.io", each, Traits.PLAIN.withCreateOnUpdate());
        }
        on("certificates.k8s.io", "certificatesigningrequests", new SigningRequestStrategy());
    }

    private void storage() {
        on(
                "storage.k8s.io",
                "storageclasses",
                new WarningStrategy(
                        Traits.PLAIN.withDeletedObject(), (next, current) -> StorageWarnings.storageClass(next)));
        on("storage.k8s.io", "csidrivers", new CsiDriverStrategy());
        on(
                "storage.k8s.io",
                "csistoragecapacities",
                new WarningStrategy(
                        Traits.PLAIN.withConditionalUpdate(), (next, current) -> StorageWarnings.capacity(next)));
        on("storage.k8s.io", "csinodes", Traits.PLAIN.withConditionalUpdate().withDeletedObject());
        on(
                "storage.k8s.io",
                "volumeattachments",
                Traits.PLAIN.withConditionalUpdate().withDeletedObject().withStatusAlone());
        on("storage.k8s.io", "volumeattributesclasses", Traits.PLAIN.withDeletedObject());
    }

    private void network() {
        on("discovery.k8s.io", "endpointslices", new EndpointSliceStrategy());
        on(
                "networking.k8s.io",
                "networkpolicies",
                new WarningStrategy(Traits.CONTROLLED, (next, current) -> NetworkWarnings.networkPolicy(next)));
        on(
                "networking.k8s.io",
                "ingresses",
                new WarningStrategy(
                        Traits.CONTROLLED,
                        (next, current) -> current == null ? NetworkWarnings.ingress(next) : List.of()));
        on("networking.k8s.io", "ingressclasses", Traits.CONTROLLED);
        on("networking.k8s.io", "servicecidrs", Traits.PLAIN.withStatusAlone());
    }

    private void devices() {
        on("resource.k8s.io", "deviceclasses", Traits.CONTROLLED.withDeletedObject());
        on("resource.k8s.io", "resourceslices", new SliceStrategy());
        on("resource.k8s.io", "resourceclaims", new DeviceClaimStrategy(false));
        on("resource.k8s.io", "resourceclaimtemplates", new DeviceClaimStrategy(true));
    }

    private void extension() {
        Traits guarded = Traits.CONTROLLED.withConditionalUpdate();
        for (String each : List.of(
                "validatingwebhookconfigurations",
                "mutatingwebhookconfigurations",
                "validatingadmissionpolicies",
                "validatingadmissionpolicybindings",
                "mutatingadmissionpolicies",
                "mutatingadmissionpolicybindings")) {
            on("admissionregistration.k8s.io", each, guarded);
        }
        on("apiextensions.k8s.io", "customresourcedefinitions", new DefinitionStrategy());
        on("apiregistration.k8s.io", "apiservices", new ApiServiceStrategy());
        for (String each : List.of("flowschemas", "prioritylevelconfigurations")) {
            on("flowcontrol.apiserver.k8s.io", each, Traits.CONTROLLED.withStatusAlone());
        }
    }

    private void on(String group, String resource, Traits traits) {
        on(group, resource, new KindStrategy(traits));
    }

    private void on(String group, String resource, ResourceStrategy strategy) {
        strategies.put(new GroupResource(group, resource), strategy);
    }
}
