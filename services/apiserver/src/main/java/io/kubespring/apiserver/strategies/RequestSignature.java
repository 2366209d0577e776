package io.kubespring.apiserver.strategies;

import java.io.IOException;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/** Whether who asks for a certificate holds the key it is for: a PKCS #10 request is signed with it (RFC 2986). */
final class RequestSignature {

    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final String ELLIPTIC = "1.2.840.10045.2.1";

    private RequestSignature() {}

    /** What is wrong with a request in DER, as Go's x509 says it; empty if nothing is. */
    static String problem(byte[] der) {
        try {
            var request = new PKCS10CertificationRequest(der);
            var verifier = new JcaContentVerifierProviderBuilder().build(request.getSubjectPublicKeyInfo());
            return request.isSignatureValid(verifier)
                    ? ""
                    : mismatch(request.getSubjectPublicKeyInfo()
                            .getAlgorithm()
                            .getAlgorithm()
                            .getId());
        } catch (IOException malformed) {
            return "x509: malformed certificate request";
        } catch (OperatorCreationException | PKCSException unknown) {
            return "x509: cannot verify signature: algorithm unimplemented";
        }
    }

    private static String mismatch(String algorithm) {
        return switch (algorithm) {
            case RSA -> "crypto/rsa: verification error";
            case ELLIPTIC -> "x509: ECDSA verification failure";
            default -> "x509: Ed25519 verification failure";
        };
    }
}
