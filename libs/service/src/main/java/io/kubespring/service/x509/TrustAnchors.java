package io.kubespring.service.x509;

import java.security.cert.X509Certificate;
import java.util.List;

/** The certificate authorities trusted at this moment; a file-backed one follows its file. Never blocks for long. */
@FunctionalInterface
public interface TrustAnchors {

    /** The same list instance for as long as nothing changed. */
    List<X509Certificate> current();

    static TrustAnchors of(X509Certificate... authorities) {
        List<X509Certificate> fixed = List.of(authorities);
        return () -> fixed;
    }
}
