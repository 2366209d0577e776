package io.kubespring.api.catalog;

import io.kubespring.api.GroupResource;
import java.util.List;
import java.util.Map;

/** Short names and categories of the built-in resources, as kubectl users know them. */
final class ShortNames {

    private static final Map<String, List<String>> SHORT_NAMES = Map.ofEntries(
            Map.entry("componentstatuses", List.of("cs")),
            Map.entry("configmaps", List.of("cm")),
            Map.entry("endpoints", List.of("ep")),
            Map.entry("events", List.of("ev")),
            Map.entry("events.events.k8s.io", List.of("ev")),
            Map.entry("limitranges", List.of("limits")),
            Map.entry("namespaces", List.of("ns")),
            Map.entry("nodes", List.of("no")),
            Map.entry("persistentvolumeclaims", List.of("pvc")),
            Map.entry("persistentvolumes", List.of("pv")),
            Map.entry("pods", List.of("po")),
            Map.entry("replicationcontrollers", List.of("rc")),
            Map.entry("resourcequotas", List.of("quota")),
            Map.entry("serviceaccounts", List.of("sa")),
            Map.entry("services", List.of("svc")),
            Map.entry("customresourcedefinitions.apiextensions.k8s.io", List.of("crd", "crds")),
            Map.entry("daemonsets.apps", List.of("ds")),
            Map.entry("deployments.apps", List.of("deploy")),
            Map.entry("replicasets.apps", List.of("rs")),
            Map.entry("statefulsets.apps", List.of("sts")),
            Map.entry("horizontalpodautoscalers.autoscaling", List.of("hpa")),
            Map.entry("cronjobs.batch", List.of("cj")),
            Map.entry("certificatesigningrequests.certificates.k8s.io", List.of("csr")),
            Map.entry("ingresses.networking.k8s.io", List.of("ing")),
            Map.entry("ipaddresses.networking.k8s.io", List.of("ip")),
            Map.entry("networkpolicies.networking.k8s.io", List.of("netpol")),
            Map.entry("poddisruptionbudgets.policy", List.of("pdb")),
            Map.entry("priorityclasses.scheduling.k8s.io", List.of("pc")),
            Map.entry("storageclasses.storage.k8s.io", List.of("sc")),
            Map.entry("volumeattributesclasses.storage.k8s.io", List.of("vac")));

    private static final Map<String, List<String>> CATEGORIES = Map.ofEntries(
            Map.entry("pods", List.of("all")),
            Map.entry("replicationcontrollers", List.of("all")),
            Map.entry("services", List.of("all")),
            Map.entry("daemonsets.apps", List.of("all")),
            Map.entry("deployments.apps", List.of("all")),
            Map.entry("replicasets.apps", List.of("all")),
            Map.entry("statefulsets.apps", List.of("all")),
            Map.entry("horizontalpodautoscalers.autoscaling", List.of("all")),
            Map.entry("cronjobs.batch", List.of("all")),
            Map.entry("jobs.batch", List.of("all")),
            Map.entry("customresourcedefinitions.apiextensions.k8s.io", List.of("api-extensions")),
            Map.entry("apiservices.apiregistration.k8s.io", List.of("api-extensions")),
            Map.entry("mutatingadmissionpolicies.admissionregistration.k8s.io", List.of("api-extensions")),
            Map.entry("mutatingadmissionpolicybindings.admissionregistration.k8s.io", List.of("api-extensions")),
            Map.entry("mutatingwebhookconfigurations.admissionregistration.k8s.io", List.of("api-extensions")),
            Map.entry("validatingadmissionpolicies.admissionregistration.k8s.io", List.of("api-extensions")),
            Map.entry("validatingadmissionpolicybindings.admissionregistration.k8s.io", List.of("api-extensions")),
            Map.entry("validatingwebhookconfigurations.admissionregistration.k8s.io", List.of("api-extensions")));

    private ShortNames() {}

    static List<String> of(GroupResource resource) {
        return SHORT_NAMES.getOrDefault(resource.toString(), List.of());
    }

    static List<String> categories(GroupResource resource) {
        return CATEGORIES.getOrDefault(resource.toString(), List.of());
    }
}
