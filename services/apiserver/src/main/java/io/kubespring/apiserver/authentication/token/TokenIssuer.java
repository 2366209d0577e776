package io.kubespring.apiserver.authentication.token;

import java.security.PrivateKey;
import java.security.PublicKey;

/** Signs service-account tokens ({@code --service-account-signing-key-file}). */
public final class TokenIssuer {

    private final String issuer;
    private final PrivateKey key;
    private final PublicKey publicKey;

    public TokenIssuer(String issuer, PrivateKey key) {
        this.issuer = issuer;
        this.key = key;
        this.publicKey = PublicHalf.of(key);
    }

    public String issuer() {
        return issuer;
    }

    /** Belongs among the {@link VerificationKeys}. */
    public PublicKey publicKey() {
        return publicKey;
    }

    public String sign(ServiceAccountClaims claims) {
        return JsonWebSignature.sign(claims.toJson(), key, publicKey);
    }
}
