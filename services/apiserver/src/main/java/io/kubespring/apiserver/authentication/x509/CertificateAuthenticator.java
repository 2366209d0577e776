package io.kubespring.apiserver.authentication.x509;

import io.kubespring.api.cache.BoundedCache;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.authentication.Authentication;
import io.kubespring.apiserver.authentication.Authenticator;
import io.kubespring.apiserver.authentication.Credentials;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.service.x509.CertificateSubject;
import io.kubespring.service.x509.TrustAnchors;
import io.kubespring.service.x509.VerifiedCertificates;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.naming.NamingException;

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
        CertificateSubject subject;
        try {
            subject = CertificateSubject.of(certificate);
        } catch (NamingException malformed) {
            return new Authentication.Rejected("unreadable certificate subject: " + malformed.getMessage());
        }
        if (subject.name().isEmpty()) {
            return Authentication.NO_OPINION;
        }
        return new Authentication.Authenticated(new UserInfo(
                subject.name(),
                "",
                subject.groups(),
                Map.of(UserInfo.CREDENTIAL_ID, List.of(CertificateSubject.credentialId(certificate)))));
    }
}
