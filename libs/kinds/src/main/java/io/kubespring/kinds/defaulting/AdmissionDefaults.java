package io.kubespring.kinds.defaulting;

import tools.jackson.databind.node.ObjectNode;

/** The admissionregistration.k8s.io and apiregistration.k8s.io groups. */
final class AdmissionDefaults {

    private static final int HTTPS = 443;

    private AdmissionDefaults() {}

    static void validatingWebhooks(ObjectNode configuration) {
        Absent.each(configuration, "webhooks").forEach(AdmissionDefaults::webhook);
    }

    static void mutatingWebhooks(ObjectNode configuration) {
        for (ObjectNode webhook : Absent.each(configuration, "webhooks")) {
            webhook(webhook);
            Absent.pointer(webhook, "reinvocationPolicy", "Never");
        }
    }

    private static void webhook(ObjectNode webhook) {
        Absent.pointer(webhook, "failurePolicy", "Fail");
        selectors(webhook);
        Absent.pointer(webhook, "timeoutSeconds", 10);
        Absent.each(webhook, "rules").forEach(AdmissionDefaults::scope);
        Absent.within(webhook, AdmissionDefaults::servicePort, "clientConfig", "service");
    }

    static void policy(ObjectNode policy) {
        ObjectNode spec = Absent.object(policy, "spec");
        Absent.pointer(spec, "failurePolicy", "Fail");
        Absent.within(spec, AdmissionDefaults::matchResources, "matchConstraints");
    }

    static void policyBinding(ObjectNode binding) {
        Absent.within(binding, AdmissionDefaults::matchResources, "spec", "matchResources");
    }

    private static void matchResources(ObjectNode match) {
        selectors(match);
        Absent.each(match, "resourceRules").forEach(AdmissionDefaults::scope);
        Absent.each(match, "excludeResourceRules").forEach(AdmissionDefaults::scope);
    }

    private static void selectors(ObjectNode match) {
        Absent.pointer(match, "matchPolicy", "Equivalent");
        Absent.object(match, "namespaceSelector");
        Absent.object(match, "objectSelector");
    }

    private static void scope(ObjectNode rule) {
        Absent.pointer(rule, "scope", "*");
    }

    static void apiService(ObjectNode apiService) {
        Absent.within(apiService, AdmissionDefaults::servicePort, "spec", "service");
    }

    static void servicePort(ObjectNode service) {
        Absent.pointer(service, "port", HTTPS);
    }
}
