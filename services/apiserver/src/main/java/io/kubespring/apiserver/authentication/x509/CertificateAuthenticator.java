package io.kubespring.apiserver.authentication.x509;

import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.authentication.Authentication;
import io.kubespring.apiserver.authentication.Authenticator;
import io.kubespring.apiserver.authentication.BoundedCache;
import io.kubespring.apiserver.authentication.Credentials;
import io.kubespring.apiserver.authentication.UserInfo;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * "X509 client certificates": the subject's common name is the user, its organizations are the groups. The
 * certificate's fingerprint becomes the credential id.
 */
public final class CertificateAuthenticator implements Authenticator {

    private static final int CACHED_IDENTITIES = 1024;

    private final VerifiedCertificates verified;
    private final BoundedCache<X509Certificate, Authentication> identities = new BoundedCache<>(CACHED_IDENTITIES);

    public CertificateAuthenticator(TrustAnchors clientAuthorities, TimeSource time) {
        verified = new VerifiedCertificates(clientAuthorities, time);
    }

    @Override
    public Authentication authenticate(Credentials credentials) {
        List<X509Certificate> chain = credentials.clientCertificates();
        if (chain.isEmpty()) {
            return Authentication.NO_OPINION;
        }
        String failure = verified.failure(chain);
        if (failure != null) {
            return new Authentication.Rejected(
                    "verifying certificate " + chain.getFirst().getSubjectX500Principal() + " failed: " + failure);
        }
        X509Certificate leaf = chain.getFirst();
        Authentication known = identities.get(leaf);
        if (known == null) {
            known = identity(leaf);
            identities.put(leaf, known);
        }
        return known;
    }

    private static Authentication identity(X509Certificate certificate) {
        var groups = new ArrayList<String>();
        String name = "";
        try {
            // An LdapName counts its parts from the right, which is their order in the certificate.
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                var values = part.toAttributes().getAll();
                while (values.hasMore()) {
                    var attribute = values.next();
                    if (attribute.getID().equalsIgnoreCase("CN")) {
                        name = String.valueOf(attribute.get());
                    } else if (attribute.getID().equalsIgnoreCase("O")) {
                        groups.add(String.valueOf(attribute.get()));
                    }
                }
            }
        } catch (NamingException malformed) {
            return new Authentication.Rejected("unreadable certificate subject: " + malformed.getMessage());
        }
        if (name.isEmpty()) {
            return Authentication.NO_OPINION;
        }
        return new Authentication.Authenticated(new UserInfo(
                name, "", groups, Map.of(UserInfo.CREDENTIAL_ID, List.of("X509SHA256=" + fingerprint(certificate)))));
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
