package io.kubespring.apimachinery.print;

import static io.kubespring.apimachinery.print.Fields.at;
import static io.kubespring.apimachinery.print.Fields.text;
import static io.kubespring.apimachinery.print.Fields.textOr;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** admissionregistration.k8s.io. */
final class AdmissionColumns {

    private static final String GROUP = "admissionregistration.k8s.io";

    private AdmissionColumns() {}

    static void register(KindColumns.Registry registry) {
        for (String kind : new String[] {"MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"}) {
            registry.put(
                    GROUP,
                    kind,
                    Column.objectName(),
                    count("Webhooks", "How many webhooks there are", "webhooks"),
                    Column.age());
        }
        registry.put(
                GROUP,
                "ValidatingAdmissionPolicy",
                Column.objectName(),
                count("Validations", "How many rules there are", "spec", "validations"),
                Column.text("ParamKind", "Kind of its parameters", AdmissionColumns::parameterKind),
                Column.age());
        registry.put(
                GROUP,
                "MutatingAdmissionPolicy",
                Column.objectName(),
                count("Mutations", "How many mutations there are", "spec", "mutations"),
                Column.text("ParamKind", "Kind of its parameters", AdmissionColumns::parameterKind),
                Column.age());
        for (String kind : new String[] {"ValidatingAdmissionPolicyBinding", "MutatingAdmissionPolicyBinding"}) {
            registry.put(
                    GROUP,
                    kind,
                    Column.objectName(),
                    Column.field("PolicyName", "The policy it puts to use", "spec", "policyName"),
                    Column.text("ParamRef", "Its parameters", AdmissionColumns::parameters),
                    Column.age());
        }
    }

    private static Column count(String name, String description, String... path) {
        return Column.integer(name, description, it -> at(it, path).size());
    }

    private static String parameterKind(ObjectNode policy) {
        JsonNode kind = at(policy, "spec", "paramKind");
        return kind.isObject() ? text(kind, "apiVersion") + "/" + text(kind, "kind") : Fields.UNSET;
    }

    private static String parameters(ObjectNode binding) {
        JsonNode reference = at(binding, "spec", "paramRef");
        if (!reference.isObject()) {
            return Fields.UNSET;
        }
        String name = textOr("*", reference, "name");
        String namespace = text(reference, "namespace");
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
