package io.kubespring.storage.etcd;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who we are to etcd: a certificate and its key, read anew for every connection, as upstream's client does, so that both
 * may be renewed in place. Files that cannot be used at the moment leave the last ones in force.
 */
final class ReloadedIdentity extends X509ExtendedKeyManager {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadedIdentity.class);
    private static final String ONLY = "etcd-client";

    private record Pair(X509Certificate[] chain, PrivateKey key) {}

    private final Path certificate;
    private final Path key;
    private volatile Pair current;

    /** @throws IOException, GeneralSecurityException if there is nothing to begin with */
    ReloadedIdentity(Path certificate, Path key) throws IOException, GeneralSecurityException {
        this.certificate = certificate;
        this.key = key;
        current = read();
    }

    private Pair read() throws IOException, GeneralSecurityException {
        X509Certificate[] chain = ReloadedTrust.certificates(certificate);
        PrivateKey read = PemKey.parse(Files.readString(key));
        if (!read.getAlgorithm().equals(chain[0].getPublicKey().getAlgorithm())) {
            throw new GeneralSecurityException(
                    "the key in " + key + " is not that of the certificate in " + certificate);
        }
        return new Pair(chain, read);
    }

    @Override
    public String chooseEngineClientAlias(
            String @Nullable [] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        try {
            current = read();
        } catch (IOException | GeneralSecurityException unusable) {
            LOG.warn("etcd's client certificate could not be read again: {}", unusable.toString());
        }
        return ONLY;
    }

    @Override
    public String chooseClientAlias(
            String @Nullable [] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineClientAlias(types, issuers, null);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return current.chain().clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return current.key();
    }

    @Override
    public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
        return new String[] {ONLY};
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
