package io.kubespring.apiserver.authentication.token;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The public keys that service-account tokens may be signed with ({@code --service-account-key-file}, several while keys
 * are rotated), each under an id that is derived from the key itself.
 */
public final class VerificationKeys {

    private final SequencedMap<String, PublicKey> keys = new LinkedHashMap<>();

    public VerificationKeys(Collection<? extends PublicKey> keys) {
        keys.forEach(key -> this.keys.put(idOf(key), key));
    }

    /** The key's id: the SHA-256 of its DER form, as upstream's. */
    public static String idOf(PublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** In the order given. */
    public SequencedMap<String, PublicKey> ordered() {
        return new LinkedHashMap<>(keys);
    }

    /** The keys that may have signed a token with this key id; all of them when it is unknown or absent. */
    Collection<PublicKey> candidates(@Nullable String id) {
        PublicKey named = id == null ? null : keys.get(id);
        return named == null ? keys.values() : List.of(named);
    }
}
