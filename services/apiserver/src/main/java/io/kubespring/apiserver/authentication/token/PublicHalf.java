package io.kubespring.apiserver.authentication.token;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Computes the public key that belongs to a private one. */
final class PublicHalf {

    private PublicHalf() {}

    /** @throws IllegalArgumentException for a key that is neither RSA nor on P-256 */
    static PublicKey of(PrivateKey key) {
        try {
            return switch (key) {
                case RSAPrivateCrtKey rsa ->
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
                case ECPrivateKey elliptic -> elliptic(elliptic);
                default -> throw new IllegalArgumentException("neither an RSA nor an EC key");
            };
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalArgumentException("cannot derive the public key: " + failure.getMessage(), failure);
        }
    }

    private static PublicKey elliptic(ECPrivateKey key) throws GeneralSecurityException, IOException {
        int bits = key.getParams().getOrder().bitLength();
        if (bits != 256) {
            throw new IllegalArgumentException("only P-256 keys are supported, not " + bits + " bits");
        }
        var curve = ECNamedCurveTable.getByOID(SECObjectIdentifiers.secp256r1);
        byte[] point = curve.getG().multiply(key.getS()).normalize().getEncoded(false);
        var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
        return KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(new SubjectPublicKeyInfo(algorithm, point).getEncoded()));
    }
}
