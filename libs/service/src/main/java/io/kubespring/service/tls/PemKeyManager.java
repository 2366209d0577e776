package io.kubespring.service.tls;

import io.kubespring.service.pki.Pem;
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

/**
 * One certificate chain and its PKCS #8 key, straight from their files. The usual way to a key manager leads through an
 * encrypted key store in memory and, where Bouncy Castle is on the class path, through all of that: a quarter of a second
 * at every start.
 */
final class PemKeyManager extends X509ExtendedKeyManager {

    private static final String ALIAS = "serving";

    private final X509Certificate[] chain;
    private final PrivateKey key;

    private PemKeyManager(X509Certificate[] chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    static PemKeyManager of(SelfSigned own) {
        return new PemKeyManager(own.chain().toArray(X509Certificate[]::new), own.key());
    }

    /** @return null where the key is of another format than PKCS #8, or anything is wrong: then Netty says what */
    static @Nullable PemKeyManager of(Path certificate, Path key) {
        try {
            var chain = Pem.certificates(Files.readAllBytes(certificate));
            return new PemKeyManager(chain.toArray(X509Certificate[]::new), Pem.privateKey(Files.readAllBytes(key)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException other) {
            return null;
        }
    }

    private @Nullable String alias(@Nullable String keyType) {
        return key.getAlgorithm().equals(keyType) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            @Nullable String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(
            @Nullable String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyType);
    }

    @Override
    public String @Nullable [] getServerAliases(@Nullable String keyType, Principal @Nullable [] issuers) {
        return alias(keyType) == null ? null : new String[] {ALIAS};
    }

    @Override
    public X509Certificate[] getCertificateChain(@Nullable String alias) {
        return chain.clone();
    }

    @Override
    public PrivateKey getPrivateKey(@Nullable String alias) {
        return key;
    }

    @Override
    public String @Nullable [] getClientAliases(@Nullable String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String @Nullable [] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
