package io.kubespring.kinds.validation.access;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** CertificateSigningRequests. */
public final class SigningRequestValidation implements KindValidation {

    private static final int SHORTEST_SECONDS = 600;

    @Override
    public void create(Field object, Errors errors) {
        Field spec = object.at("spec");
        if (!isRequest(spec.at("request").text())) {
            errors.invalid(
                    spec.at("request"),
                    spec.at("request").text(),
                    "unable to parse CSR: PEM block type must be CERTIFICATE REQUEST");
        }
        if (spec.at("usages").empty()) {
            errors.required(spec.at("usages"), "usages must be provided");
        }
        Field signer = spec.at("signerName");
        if (signer.empty()) {
            errors.required(signer, "must be specified");
        } else if (!signer.text().matches("[^/]+\\.[^/]+/.+")) {
            errors.invalid(signer, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
        }
        Field expiration = spec.at("expirationSeconds");
        if (expiration.present() && expiration.number() < SHORTEST_SECONDS) {
            errors.invalid(expiration, "may not specify a duration less than 600 seconds (10 minutes)");
        }
    }

    private static boolean isRequest(String base64) {
        try {
            String pem = new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
            return pem.contains("-----BEGIN CERTIFICATE REQUEST-----");
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {}
}
