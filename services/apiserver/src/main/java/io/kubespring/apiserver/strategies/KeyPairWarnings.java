package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.authentication.token.KeyFiles;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.PemBlocks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Secrets of the type {@code kubernetes.io/tls} whose two halves do not belong together, worded as Go's TLS library does. */
final class KeyPairWarnings {

    private KeyPairWarnings() {}

    static List<String> of(Field secret) {
        if (!secret.at("type").isText("kubernetes.io/tls")) {
            return List.of();
        }
        String problem = problem(text(secret, "tls.crt"), text(secret, "tls.key"));
        return problem == null ? List.of() : List.of("tls: " + problem);
    }

    private static String text(Field secret, String key) {
        String encoded = secret.at("data").key(key).text();
        return new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.ISO_8859_1);
    }

    private static @Nullable String problem(String certificate, String key) {
        List<PemBlocks.Block> certificates = PemBlocks.of(certificate);
        List<PemBlocks.Block> keys = PemBlocks.of(key);
        if (certificates.isEmpty()) {
            return "failed to find any PEM data in certificate input";
        }
        var leaf = certificates.stream()
                .filter(each -> each.type().equals("CERTIFICATE"))
                .findFirst();
        if (leaf.isEmpty()) {
            return certificates.size() == 1 && isKey(certificates.getFirst())
                    ? "failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs"
                            + " may have been switched"
                    : "failed to find \"CERTIFICATE\" PEM block in certificate input after skipping PEM blocks of the"
                            + " following types: " + types(certificates);
        }
        if (keys.isEmpty()) {
            return "failed to find any PEM data in key input";
        }
        if (keys.stream().noneMatch(KeyPairWarnings::isKey)) {
            return keys.size() == 1 && keys.getFirst().type().equals("CERTIFICATE")
                    ? "found a certificate rather than a key in the PEM for the private key"
                    : "failed to find PEM block with type ending in \"PRIVATE KEY\" in key input after skipping PEM"
                            + " blocks of the following types: " + types(keys);
        }
        return mismatch(leaf.get().content(), key);
    }

    private static @Nullable String mismatch(byte[] certificate, String key) {
        PublicKey certified;
        try {
            certified = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate))
                    .getPublicKey();
        } catch (CertificateException malformed) {
            return "failed to parse certificate";
        }
        List<PublicKey> own;
        try {
            own = KeyFiles.publicKeys(new StringReader(key));
        } catch (IOException malformed) {
            return "failed to parse private key";
        }
        if (own.isEmpty()) {
            return "failed to parse private key";
        }
        if (!own.getFirst().getAlgorithm().equals(certified.getAlgorithm())) {
            return "private key type does not match public key type";
        }
        return Arrays.equals(own.getFirst().getEncoded(), certified.getEncoded())
                ? null
                : "private key does not match public key";
    }

    private static boolean isKey(PemBlocks.Block block) {
        return block.type().endsWith("PRIVATE KEY");
    }

    private static String types(List<PemBlocks.Block> blocks) {
        return "[" + String.join(" ", blocks.stream().map(PemBlocks.Block::type).toList()) + "]";
    }
}
