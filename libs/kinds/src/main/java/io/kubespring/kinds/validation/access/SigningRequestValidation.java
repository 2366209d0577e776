package io.kubespring.kinds.validation.access;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * CertificateSigningRequests: who approves writes Approved or Denied, once and not both; who signs writes the certificate,
 * once. The signature of the request is not looked at here.
 */
public final class SigningRequestValidation implements KindValidation {

    private static final int SHORTEST_SECONDS = 600;
    private static final String LEGACY = "kubernetes.io/legacy-unknown";
    private static final List<String> FINAL = List.of("Approved", "Denied", "Failed");
    private static final List<String> USAGES = List.of(
            "any",
            "cert sign",
            "client auth",
            "code signing",
            "content commitment",
            "crl sign",
            "data encipherment",
            "decipher only",
            "digital signature",
            "email protection",
            "encipher only",
            "ipsec end system",
            "ipsec tunnel",
            "ipsec user",
            "key agreement",
            "key encipherment",
            "microsoft sgc",
            "netscape sgc",
            "ocsp signing",
            "s/mime",
            "server auth",
            "signing",
            "timestamping");

    @Override
    public void create(Field object, Errors errors) {
        Field spec = object.at("spec");
        String request = text(spec.at("request"));
        int begin = request.indexOf("-----BEGIN CERTIFICATE REQUEST-----");
        if (begin < 0 || request.indexOf("-----END CERTIFICATE REQUEST-----", begin) < 0) {
            errors.invalid(spec.at("request"), spec.at("request").text(), "PEM block type must be CERTIFICATE REQUEST");
        }
        usages(spec.at("usages"), errors);
        Field signer = spec.at("signerName");
        if (signer.isText(LEGACY)) {
            errors.invalid(signer, "the legacy signerName is not allowed via this API version");
        } else {
            SignerNames.check(signer, errors);
        }
        Field expiration = spec.at("expirationSeconds");
        if (expiration.present() && expiration.number() < SHORTEST_SECONDS) {
            errors.invalid(expiration, "may not specify a duration less than 600 seconds (10 minutes)");
        }
        conditions(object.at("status", "conditions"), errors);
        certificate(object.at("status", "certificate"), errors);
    }

    private static void usages(Field usages, Errors errors) {
        if (usages.empty()) {
            errors.required(usages, "");
        }
        Set<String> seen = new HashSet<>();
        for (Field usage : usages.items()) {
            errors.oneOf(usage, USAGES);
            if (!seen.add(usage.text())) {
                errors.duplicate(usage);
            }
        }
    }

    private static void conditions(Field conditions, Errors errors) {
        Set<String> seen = new HashSet<>();
        for (Field condition : conditions.items()) {
            Field type = condition.at("type");
            if (type.empty()) {
                errors.required(type, "");
            }
            errors.requireOneOf(
                    condition.at("status"),
                    FINAL.contains(type.text()) ? List.of("True") : List.of("False", "True", "Unknown"));
            String other = type.isText("Approved") ? "Denied" : type.isText("Denied") ? "Approved" : "";
            if (seen.contains(other)) {
                errors.invalid(type, "Approved and Denied conditions are mutually exclusive");
            }
            if (!seen.add(type.text())) {
                errors.duplicate(type);
            }
        }
    }

    private static void certificate(Field certificate, Errors errors) {
        if (certificate.empty()) {
            return;
        }
        String pem = text(certificate);
        String problem = null;
        if (!pem.contains("-----BEGIN ")) {
            problem = "must contain at least one CERTIFICATE PEM block";
        } else {
            for (String part : pem.split("-----BEGIN ")) {
                String type = part.contains("-----") ? part.substring(0, part.indexOf("-----")) : "CERTIFICATE";
                if (!part.isBlank() && !type.equals("CERTIFICATE")) {
                    problem = "only CERTIFICATE PEM blocks are allowed, found \"" + type + "\"";
                }
            }
        }
        if (problem != null) {
            errors.invalid(certificate, "<certificate data>", problem);
        }
    }

    private static String text(Field base64) {
        try {
            return new String(Base64.getDecoder().decode(base64.text()), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        change("", next, current, errors);
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        change(subresource, next, current, errors);
    }

    private static void change(String subresource, Field next, Field current, Errors errors) {
        Field conditions = next.at("status", "conditions");
        if (!conditions.sameAs(current.at("status", "conditions"))) {
            conditions(conditions, errors);
        }
        for (String type : FINAL) {
            List<Field> before = ofType(current, type);
            List<Field> now = ofType(next, type);
            if (now.size() < before.size()) {
                errors.forbidden(conditions, "updates may not remove a condition of type \"" + type + '"');
            } else if (!subresource.equals("approval") && !type.equals("Failed")) {
                if (now.size() > before.size()) {
                    errors.forbidden(conditions, "updates may not add a condition of type \"" + type + '"');
                } else if (!same(now, before)) {
                    errors.forbidden(conditions, "updates may not modify a condition of type \"" + type + "\"\n");
                }
            }
        }
        Field certificate = next.at("status", "certificate");
        Field before = current.at("status", "certificate");
        if (certificate.text().equals(before.text())) {
            return;
        }
        certificate(certificate, errors);
        if (!subresource.equals("status")) {
            errors.forbidden(certificate, "updates may not set certificate content");
        } else if (!before.empty()) {
            errors.forbidden(certificate, "updates may not modify existing certificate content");
        }
    }

    private static List<Field> ofType(Field request, String type) {
        return request.at("status", "conditions").items().stream()
                .filter(each -> each.at("type").isText(type))
                .toList();
    }

    private static boolean same(List<Field> now, List<Field> before) {
        for (int i = 0; i < now.size(); i++) {
            if (!now.get(i).sameAs(before.get(i))) {
                return false;
            }
        }
        return true;
    }
}
