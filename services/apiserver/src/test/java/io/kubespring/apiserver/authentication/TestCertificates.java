package io.kubespring.apiserver.authentication;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Certificates of every sort, made quickly on P-256. */
public final class TestCertificates {

    public static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private static final AtomicLong SERIAL = new AtomicLong(1);

    /** A certificate and its key. */
    public record Issued(X509Certificate certificate, KeyPair keys) {

        public Issued client(String subject) {
            return issue(this, subject, KeyPurposeId.id_kp_clientAuth, false, 0, NOW.plus(Duration.ofDays(1)));
        }

        public Issued client(String subject, Instant notAfter) {
            return issue(this, subject, KeyPurposeId.id_kp_clientAuth, false, 0, notAfter);
        }

        public Issued server(String subject) {
            return issue(this, subject, KeyPurposeId.id_kp_serverAuth, false, 0, NOW.plus(Duration.ofDays(1)));
        }

        public Issued intermediate(String subject, int pathLength) {
            return issue(this, subject, null, true, pathLength, NOW.plus(Duration.ofDays(100)));
        }
    }

    private TestCertificates() {}

    public static Issued authority(String name) {
        return issue(null, "CN=" + name, null, true, 3, NOW.plus(Duration.ofDays(3650)));
    }

    private static Issued issue(
            @Nullable Issued issuer,
            String subject,
            @Nullable KeyPurposeId purpose,
            boolean ca,
            int pathLength,
            Instant notAfter) {
        try {
            KeyPair keys = keys();
            var name = new X500Principal(subject);
            var builder = new JcaX509v3CertificateBuilder(
                    issuer == null ? name : issuer.certificate().getSubjectX500Principal(),
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(NOW.minus(Duration.ofDays(1))),
                    Date.from(notAfter),
                    name,
                    keys.getPublic());
            if (ca) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(pathLength));
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
            }
            if (purpose != null) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                    .build((issuer == null ? keys : issuer.keys()).getPrivate());
            return new Issued(new JcaX509CertificateConverter().getCertificate(builder.build(signer)), keys);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    public static KeyPair keys() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
