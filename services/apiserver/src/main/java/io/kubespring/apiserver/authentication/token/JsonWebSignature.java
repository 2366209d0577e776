package io.kubespring.apiserver.authentication.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** Signs and verifies compact tokens. RSA keys sign RS256, P-256 keys ES256; nothing else is ever accepted. */
final class JsonWebSignature {

    private JsonWebSignature() {}

    /** @throws IllegalArgumentException for a key of another kind */
    static JWSAlgorithm algorithm(PublicKey key) {
        if (key instanceof RSAPublicKey) {
            return JWSAlgorithm.RS256;
        }
        if (key instanceof ECPublicKey elliptic
                && elliptic.getParams().getOrder().bitLength() == 256) {
            return JWSAlgorithm.ES256;
        }
        throw new IllegalArgumentException("tokens are signed with RSA or P-256 keys, not with " + key.getAlgorithm());
    }

    static String sign(byte[] payload, PrivateKey key, PublicKey publicKey) {
        try {
            JWSSigner signer = key instanceof ECPrivateKey elliptic ? new ECDSASigner(elliptic) : new RSASSASigner(key);
            var header = new JWSHeader.Builder(algorithm(publicKey))
                    .keyID(VerificationKeys.idOf(publicKey))
                    .type((JOSEObjectType) null)
                    .build();
            var token = new JWSObject(header, new Payload(payload));
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException failure) {
            throw new IllegalStateException("cannot sign a token: " + failure.getMessage(), failure);
        }
    }

    /** Whether one of the keys signed the token, with the algorithm that belongs to the key. */
    static boolean verified(JWSObject token, VerificationKeys keys) {
        for (PublicKey key : keys.candidates(token.getHeader().getKeyID())) {
            if (algorithm(key).equals(token.getHeader().getAlgorithm()) && verifiedBy(token, key)) {
                return true;
            }
        }
        return false;
    }

    private static boolean verifiedBy(JWSObject token, PublicKey key) {
        try {
            JWSVerifier verifier =
                    key instanceof RSAPublicKey rsa ? new RSASSAVerifier(rsa) : new ECDSAVerifier((ECPublicKey) key);
            return token.verify(verifier);
        } catch (JOSEException unusable) {
            return false;
        }
    }
}
