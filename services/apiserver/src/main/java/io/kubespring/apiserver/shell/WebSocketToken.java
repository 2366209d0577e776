package io.kubespring.apiserver.shell;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bearer token that clients without control over headers send as a WebSocket subprotocol. */
final class WebSocketToken {

    private static final String PREFIX = "base64url.bearer.authorization.k8s.io.";

    private WebSocketToken() {}

    /** Null where there is none, or it is no text. */
    static @Nullable String in(List<String> protocolHeaders) {
        for (String header : protocolHeaders) {
            for (String protocol : header.split(",")) {
                String name = protocol.strip();
                if (name.startsWith(PREFIX)) {
                    return decoded(name.substring(PREFIX.length()));
                }
            }
        }
        return null;
    }

    private static @Nullable String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
