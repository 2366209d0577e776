package io.kubespring.kinds.validation.access;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.PemBlocks;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * CertificateSigningRequests: who approves writes Approved or Denied, once and not both; who signs writes the certificate,
 * once. Whether the request is signed with its own key is not looked at here.
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
        if (request(spec) == null) {
            Field given = spec.at("request");
            errors.invalid(given, given.absent() ? null : given.text(), "PEM block type must be CERTIFICATE REQUEST");
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
        String problem = problem(PemBlocks.of(text(certificate)));
        if (problem != null) {
            errors.invalid(certificate, "<certificate data>", problem);
        }
    }

    private static @Nullable String problem(List<PemBlocks.Block> blocks) {
        for (PemBlocks.Block block : blocks) {
            if (!block.type().equals("CERTIFICATE")) {
                return "only CERTIFICATE PEM blocks are allowed, found \"" + block.type() + '"';
            }
            if (block.headers()) {
                return "no PEM block headers are permitted";
            }
            try {
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.content()));
            } catch (CertificateException malformed) {
                return "x509: malformed certificate";
            }
        }
        return blocks.isEmpty() ? "must contain at least one CERTIFICATE PEM block" : null;
    }

    /** What is asked for in DER; null if the first block is no request. */
    public static byte @Nullable [] request(Field spec) {
        List<PemBlocks.Block> blocks = PemBlocks.of(text(spec.at("request")));
        boolean found = !blocks.isEmpty() && blocks.getFirst().type().equals("CERTIFICATE REQUEST");
        return found ? blocks.getFirst().content() : null;
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
