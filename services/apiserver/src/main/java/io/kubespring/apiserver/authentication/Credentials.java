package io.kubespring.apiserver.authentication;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a connection and a request carry to prove who they come from. Nothing here is verified yet.
 *
 * @param clientCertificates the chain as the TLS peer sent it, leaf first; empty if it sent none
 * @param bearerToken the token of {@code Authorization: Bearer} or of the WebSocket subprotocol; null if there is none
 * @param headers lower-case names, every value of each in order
 */
public record Credentials(
        List<X509Certificate> clientCertificates, @Nullable String bearerToken, Map<String, List<String>> headers) {

    public static final Credentials NONE = new Credentials(List.of(), null, Map.of());

    /** Only a token. */
    public static Credentials token(String token) {
        return new Credentials(List.of(), token, Map.of());
    }

    /** Only a certificate. */
    public static Credentials certificate(X509Certificate... chain) {
        return new Credentials(List.of(chain), null, Map.of());
    }

    /** The token in an {@code Authorization} header, or null when the header is no Bearer header. */
    public static @Nullable String bearer(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return null;
        }
        String token = authorization.substring(7).strip();
        return token.isEmpty() ? null : token;
    }
}
