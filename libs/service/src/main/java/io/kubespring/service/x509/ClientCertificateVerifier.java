package io.kubespring.service.x509;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a client certificate against trusted authorities: a chain of signatures from the leaf to an anchor (through
 * intermediates that the client sent), every certificate in its validity period, every issuer a CA that may sign
 * certificates within its path length, and the leaf meant for client authentication.
 */
public final class ClientCertificateVerifier {

    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USAGE = "2.5.29.37.0";
    private static final int LONGEST_CHAIN = 8;
    private static final int KEY_CERT_SIGN = 5;

    private ClientCertificateVerifier() {}

    /** @return why the chain does not hold, or null if it does */
    public static @Nullable String failure(
            List<X509Certificate> presented, Collection<X509Certificate> anchors, Instant now) {
        X509Certificate leaf = presented.getFirst();
        if (!allowsClientAuth(leaf)) {
            return "x509: certificate specifies an incompatible key usage";
        }
        if (!valid(leaf, now)) {
            return "x509: certificate has expired or is not yet valid: current time " + now;
        }
        List<X509Certificate> intermediates = presented.subList(1, Math.min(presented.size(), LONGEST_CHAIN));
        return reaches(leaf, intermediates, anchors, now, 0) ? null : "x509: certificate signed by unknown authority";
    }

    private static boolean reaches(
            X509Certificate child,
            List<X509Certificate> intermediates,
            Collection<X509Certificate> anchors,
            Instant now,
            int issuersBelow) {
        for (X509Certificate anchor : anchors) {
            if (signs(anchor, child, now, issuersBelow)) {
                return true;
            }
        }
        if (issuersBelow >= LONGEST_CHAIN) {
            return false;
        }
        for (X509Certificate intermediate : intermediates) {
            if (!intermediate.equals(child)
                    && allowsClientAuth(intermediate)
                    && signs(intermediate, child, now, issuersBelow)
                    && reaches(intermediate, without(intermediates, intermediate), anchors, now, issuersBelow + 1)) {
                return true;
            }
        }
        return false;
    }

    private static List<X509Certificate> without(List<X509Certificate> certificates, X509Certificate used) {
        return certificates.stream().filter(each -> !each.equals(used)).toList();
    }

    /** Whether {@code issuer} is a CA that may and did sign {@code child}. */
    private static boolean signs(X509Certificate issuer, X509Certificate child, Instant now, int issuersBelow) {
        if (!issuer.getSubjectX500Principal().equals(child.getIssuerX500Principal()) || !valid(issuer, now)) {
            return false;
        }
        int pathLength = issuer.getBasicConstraints();
        boolean[] usage = issuer.getKeyUsage();
        if (pathLength < issuersBelow || usage != null && !usage[KEY_CERT_SIGN]) {
            return false;
        }
        try {
            child.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException notSignedByIt) {
            return false;
        }
    }

    private static boolean valid(X509Certificate certificate, Instant now) {
        Date date = Date.from(now);
        return !date.before(certificate.getNotBefore()) && !date.after(certificate.getNotAfter());
    }

    private static boolean allowsClientAuth(X509Certificate certificate) {
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            return usages == null || usages.contains(CLIENT_AUTH) || usages.contains(ANY_USAGE);
        } catch (CertificateParsingException malformed) {
            return false;
        }
    }
}
