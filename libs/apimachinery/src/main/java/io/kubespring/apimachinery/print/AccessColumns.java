package io.kubespring.apimachinery.print;

import static io.kubespring.apimachinery.print.Fields.at;
import static io.kubespring.apimachinery.print.Fields.number;
import static io.kubespring.apimachinery.print.Fields.text;

import java.time.Duration;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who may do what, and certificates. Roles themselves have the default columns. */
final class AccessColumns {

    private static final String RBAC = "rbac.authorization.k8s.io";

    private AccessColumns() {}

    static void register(KindColumns.Registry registry) {
        for (String kind : new String[] {"RoleBinding", "ClusterRoleBinding"}) {
            registry.put(
                    RBAC,
                    kind,
                    Column.objectName(),
                    Column.text(
                            "Role",
                            "The role that is granted",
                            it -> text(it, "roleRef", "kind") + "/" + text(it, "roleRef", "name")),
                    Column.age(),
                    Column.text("Users", "Users it is granted to", it -> subjects(it, "User"))
                            .wide(),
                    Column.text("Groups", "Groups it is granted to", it -> subjects(it, "Group"))
                            .wide(),
                    Column.text(
                                    "ServiceAccounts",
                                    "Service accounts it is granted to",
                                    it -> subjects(it, "ServiceAccount"))
                            .wide());
        }
        registry.put(
                "certificates.k8s.io",
                "CertificateSigningRequest",
                Column.objectName(),
                Column.age(),
                Column.field("SignerName", "Who is asked to sign", "spec", "signerName"),
                Column.field("Requestor", "Who asks", "spec", "username"),
                Column.text("RequestedDuration", "How long it should be valid", AccessColumns::duration),
                Column.text("Condition", "How far the request is", AccessColumns::condition));
    }

    private static String subjects(ObjectNode binding, String kind) {
        return at(binding, "subjects")
                .valueStream()
                .filter(each -> text(each, "kind").equals(kind))
                .map(AccessColumns::subject)
                .collect(Collectors.joining(", "));
    }

    private static String subject(JsonNode subject) {
        return text(subject, "kind").equals("ServiceAccount")
                ? text(subject, "namespace") + "/" + text(subject, "name")
                : text(subject, "name");
    }

    private static String duration(ObjectNode request) {
        JsonNode seconds = at(request, "spec", "expirationSeconds");
        return seconds.isNumber()
                ? HumanDuration.of(Duration.ofSeconds(number(request, "spec", "expirationSeconds")))
                : Fields.NONE;
    }

    private static String condition(ObjectNode request) {
        String decision = Fields.condition(request, "Denied") != null
                ? "Denied"
                : Fields.condition(request, "Approved") != null ? "Approved" : "Pending";
        String failed = Fields.condition(request, "Failed") != null ? ",Failed" : "";
        String issued = text(request, "status", "certificate").isEmpty() ? "" : ",Issued";
        return decision + failed + issued;
    }
}
