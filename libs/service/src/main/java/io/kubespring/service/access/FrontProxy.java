package io.kubespring.service.access;

import io.kubespring.api.time.TimeSource;
import io.kubespring.service.x509.CertificateSubject;
import io.kubespring.service.x509.TrustAnchors;
import io.kubespring.service.x509.VerifiedCertificates;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * "Authenticating proxy": believes the user and groups that request headers name, but only from a client whose certificate
 * is signed by the request-header CA (a CA of its own) and, where names are configured, bears one of them.
 */
public final class FrontProxy {

    private static final String USER = "X-Remote-User";
    private static final String GROUP = "X-Remote-Group";
    private static final String AUTHENTICATED = "system:authenticated";

    private final VerifiedCertificates verified;
    private final List<String> allowedNames;

    /** @param allowedNames common names of the proxies; empty for any */
    public FrontProxy(TrustAnchors authorities, List<String> allowedNames, TimeSource time) {
        this.verified = new VerifiedCertificates(authorities, time);
        this.allowedNames = List.copyOf(allowedNames);
    }

    /**
     * @param headers all values of a header
     * @return null where this is no request of a trusted proxy
     */
    public @Nullable Caller caller(List<X509Certificate> chain, Function<String, List<String>> headers) {
        List<String> users = headers.apply(USER);
        if (chain.isEmpty() || users.isEmpty() || users.getFirst().isEmpty() || !trusted(chain)) {
            return null;
        }
        var groups = new ArrayList<String>(headers.apply(GROUP));
        if (!groups.contains(AUTHENTICATED)) {
            groups.add(AUTHENTICATED);
        }
        return new Caller(users.getFirst(), "", groups, Map.of());
    }

    private boolean trusted(List<X509Certificate> chain) {
        if (verified.failure(chain) != null) {
            return false;
        }
        try {
            return allowedNames.isEmpty()
                    || allowedNames.contains(
                            CertificateSubject.of(chain.getFirst()).name());
        } catch (NamingException unreadable) {
            return false;
        }
    }
}
