package io.kubespring.apiserver.admission.plugins;

import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import io.kubespring.apiserver.admission.AdmissionPlugin;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.access.SigningRequestValidation;
import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Upstream's CertificateSubjectRestriction: nobody asks the API server's client signer for a certificate of system:masters. */
final class CertificateSubjectRestriction implements AdmissionPlugin {

    private static final String SIGNER = "kubernetes.io/kube-apiserver-client";

    @Override
    public String name() {
        return "CertificateSubjectRestriction";
    }

    @Override
    public boolean handles(AdmissionAttributes attributes) {
        return attributes.operation() == Operation.CREATE
                && attributes.resource().equals(SignerPermission.REQUESTS)
                && attributes.subresource().isEmpty();
    }

    @Override
    public void validate(AdmissionAttributes attributes, @Nullable ObjectNode object, @Nullable ObjectNode old) {
        if (object == null || !Trees.text(object.path("spec"), "signerName").equals(SIGNER)) {
            return;
        }
        byte[] der = SigningRequestValidation.request(Field.root(object).at("spec"));
        if (der == null) {
            throw Refusal.of(attributes, "failed to parse CSR: PEM block type must be CERTIFICATE REQUEST");
        }
        try {
            boolean masters = Arrays.stream(
                            new PKCS10CertificationRequest(der).getSubject().getRDNs(BCStyle.O))
                    .flatMap(each -> Arrays.stream(each.getTypesAndValues()))
                    .anyMatch(each -> IETFUtils.valueToString(each.getValue()).equals(UserInfo.MASTERS_GROUP));
            if (masters) {
                throw Refusal.of(attributes, "use of " + SIGNER + " signer with system:masters group is not allowed");
            }
        } catch (IOException malformed) {
            throw Refusal.of(attributes, "failed to parse CSR: malformed certificate request");
        }
    }
}
