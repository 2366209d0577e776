package io.kubespring.apiserver.authentication.token;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Reads keys in every PEM form that {@code --service-account-key-file} takes: PKCS #1, SEC 1, PKCS #8, SPKI, X.509. */
public final class KeyFiles {

    private KeyFiles() {}

    /**
     * Every public key in the file; that of a private key or certificate counts.
     *
     * @throws IOException if the file cannot be read or holds no key
     */
    public static List<PublicKey> publicKeys(Path file) throws IOException {
        List<PublicKey> keys;
        try (Reader reader = Files.newBufferedReader(file)) {
            keys = publicKeys(reader);
        } catch (PEMException malformed) {
            throw new IOException("cannot read keys of " + file + ": " + malformed.getMessage(), malformed);
        }
        if (keys.isEmpty()) {
            throw new IOException("no public key in " + file);
        }
        return keys;
    }

    /**
     * Every public key in a PEM text; that of a private key or certificate counts.
     *
     * @throws PEMException for what is malformed
     */
    public static List<PublicKey> publicKeys(Reader pem) throws IOException {
        var keys = new ArrayList<PublicKey>();
        var converter = new JcaPEMKeyConverter();
        try (var parser = new PEMParser(pem)) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                switch (found) {
                    case SubjectPublicKeyInfo info -> keys.add(converter.getPublicKey(info));
                    case PEMKeyPair pair -> keys.add(converter.getPublicKey(pair.getPublicKeyInfo()));
                    case X509CertificateHolder certificate ->
                        keys.add(converter.getPublicKey(certificate.getSubjectPublicKeyInfo()));
                    case PrivateKeyInfo info -> keys.add(PublicHalf.of(converter.getPrivateKey(info)));
                    default -> {}
                }
            }
        }
        return keys;
    }

    /** @throws IOException if the file cannot be read or holds no private key */
    public static PrivateKey privateKey(Path file) throws IOException {
        var converter = new JcaPEMKeyConverter();
        try (Reader reader = Files.newBufferedReader(file);
                var parser = new PEMParser(reader)) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                if (found instanceof PEMKeyPair pair) {
                    return converter.getPrivateKey(pair.getPrivateKeyInfo());
                }
                if (found instanceof PrivateKeyInfo info) {
                    return converter.getPrivateKey(info);
                }
            }
        } catch (PEMException malformed) {
            throw new IOException("cannot read the key of " + file + ": " + malformed.getMessage(), malformed);
        }
        throw new IOException("no private key in " + file);
    }
}
