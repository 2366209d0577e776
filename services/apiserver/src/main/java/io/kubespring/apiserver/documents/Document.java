package io.kubespring.apiserver.documents;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A finished answer that stays the same until what is served changes. The entity tag is a hash of the content, so equal
 * servers give equal tags.
 *
 * @param etag without quotes
 */
public record Document(String mediaType, byte[] body, String etag) {

    public static Document of(String mediaType, byte[] body) {
        return new Document(mediaType, body, hash(body));
    }

    /** The value of the {@code ETag} header. */
    public String quotedEtag() {
        return '"' + etag + '"';
    }

    private static String hash(byte[] body) {
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
