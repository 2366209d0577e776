package io.kubespring.apiserver.admission.plugins;

import io.kubespring.api.GroupResource;
import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import io.kubespring.apiserver.admission.AdmissionPlugin;
import io.kubespring.apiserver.authorization.Attributes;
import io.kubespring.apiserver.authorization.Authorizer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Upstream's CertificateApproval and CertificateSigning: who approves a request for a certificate, or signs it, must be allowed
 * to "approve" or "sign" for its signer, by the signer's name or as {@code domain/*}.
 */
final class SignerPermission implements AdmissionPlugin {

    static final GroupResource REQUESTS = new GroupResource("certificates.k8s.io", "certificatesigningrequests");

    private final String name;
    private final String subresource;
    private final String verb;
    private final Authorizer authorizer;

    private SignerPermission(String name, String subresource, String verb, Authorizer authorizer) {
        this.name = name;
        this.subresource = subresource;
        this.verb = verb;
        this.authorizer = authorizer;
    }

    static SignerPermission toApprove(Authorizer authorizer) {
        return new SignerPermission("CertificateApproval", "approval", "approve", authorizer);
    }

    static SignerPermission toSign(Authorizer authorizer) {
        return new SignerPermission("CertificateSigning", "status", "sign", authorizer);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean handles(AdmissionAttributes attributes) {
        return attributes.operation() == Operation.UPDATE
                && attributes.resource().equals(REQUESTS)
                && attributes.subresource().equals(subresource);
    }

    /** The signer is that of the stored request: a new name in the same write does not count. */
    @Override
    public void validate(AdmissionAttributes attributes, @Nullable ObjectNode object, @Nullable ObjectNode old) {
        if (object == null || old == null || verb.equals("sign") && sameOutcome(object, old)) {
            return;
        }
        String signer = Trees.text(old.path("spec"), "signerName");
        String domain = signer.contains("/") ? signer.substring(0, signer.indexOf('/')) : signer;
        if (!may(attributes, signer) && !may(attributes, domain + "/*")) {
            throw Refusal.of(
                    attributes, "user not permitted to " + verb + " requests with signerName \"" + signer + "\"");
        }
    }

    private static boolean sameOutcome(JsonNode object, JsonNode old) {
        JsonNode after = object.path("status");
        JsonNode before = old.path("status");
        return after.path("certificate").equals(before.path("certificate"))
                && after.path("conditions").equals(before.path("conditions"));
    }

    private boolean may(AdmissionAttributes attributes, String signer) {
        return authorizer
                .authorize(Attributes.resource(attributes.user(), verb, REQUESTS.group(), "signers", "", "", signer))
                .allowed();
    }
}
