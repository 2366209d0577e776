package io.kubespring.service.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates. Keys are EC P-256: small, quick to make, cheap for a server to use in a handshake. */
public final class CertificateAuthority {

    private static final Duration CA_LIFE = Duration.ofDays(3650);
    private static final Duration LEAF_LIFE = Duration.ofDays(365);
    /** Tolerates clocks that run a little apart. */
    private static final Duration BACKDATE = Duration.ofMinutes(5);

    private final X509Certificate certificate;
    private final PrivateKey key;

    private CertificateAuthority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** Reads {@code <name>.crt} and {@code <name>.key}, making both first where neither exists. */
    public static CertificateAuthority loadOrCreate(Path directory, String name, String commonName, Instant now)
            throws GeneralSecurityException, IOException {
        Path certificateFile = directory.resolve(name + ".crt");
        Path keyFile = directory.resolve(name + ".key");
        if (Files.exists(certificateFile) && Files.exists(keyFile)) {
            return new CertificateAuthority(
                    Pem.certificates(Files.readAllBytes(certificateFile)).getFirst(),
                    Pem.privateKey(Files.readAllBytes(keyFile)));
        }
        CertificateAuthority created = create(commonName, now);
        Pem.writeSecret(keyFile, Pem.encode(created.key));
        Pem.writePublic(certificateFile, Pem.encode(created.certificate));
        return created;
    }

    public static CertificateAuthority create(String commonName, Instant now) throws GeneralSecurityException {
        KeyPair pair = newKey();
        X500Name subject = subject(new CertificateRequest(commonName));
        var builder = builder(subject, subject, pair.getPublic(), now, CA_LIFE);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment | KeyUsage.keyCertSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
        } catch (CertIOException failure) {
            throw new GeneralSecurityException(failure);
        }
        return new CertificateAuthority(sign(builder, pair.getPrivate()), pair.getPrivate());
    }

    /** Signs a fresh key for the request. */
    public SignedCertificate issue(CertificateRequest request, Instant now) throws GeneralSecurityException {
        KeyPair pair = newKey();
        var builder = builder(
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
                subject(request),
                pair.getPublic(),
                now,
                LEAF_LIFE);
        try {
            var extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
            builder.addExtension(Extension.extendedKeyUsage, false, purposes(request));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(certificate));
            if (!request.names().isEmpty()) {
                GeneralName[] names = request.names().stream()
                        .map(each -> new GeneralName(
                                CertificateRequest.isAddress(each) ? GeneralName.iPAddress : GeneralName.dNSName, each))
                        .toArray(GeneralName[]::new);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            }
        } catch (CertIOException failure) {
            throw new GeneralSecurityException(failure);
        }
        return new SignedCertificate(sign(builder, key), pair.getPrivate());
    }

    private static ExtendedKeyUsage purposes(CertificateRequest request) {
        return switch (request.use()) {
            case SERVER -> new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth);
            case CLIENT -> new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth);
            case PEER ->
                new ExtendedKeyUsage(new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
        };
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X500Name subject(CertificateRequest request) {
        var name = new X500NameBuilder(BCStyle.INSTANCE);
        request.organizations().forEach(each -> name.addRDN(BCStyle.O, each));
        return name.addRDN(BCStyle.CN, request.commonName()).build();
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Instant now, Duration life) {
        var serial = new BigInteger(127, new SecureRandom());
        return new JcaX509v3CertificateBuilder(
                issuer, serial, Date.from(now.minus(BACKDATE)), Date.from(now.plus(life)), subject, key);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException failure) {
            throw new GeneralSecurityException(failure);
        }
    }
}
