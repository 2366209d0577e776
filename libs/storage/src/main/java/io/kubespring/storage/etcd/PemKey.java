package io.kubespring.storage.etcd;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Private keys in the three PEM forms that tools write: PKCS #8 (RFC 5208), RSA alone (PKCS #1, RFC 8017) and elliptic curve
 * alone (SEC 1, RFC 5915). The JDK reads the first; the others are wrapped into it.
 */
final class PemKey {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;

    /** The curve's name in a SEC 1 key. */
    private static final int PARAMETERS = 0xa0;

    private static final byte[] VERSION_0 = hex("020100");
    private static final byte[] RSA = hex("06092a864886f70d0101010500");
    private static final byte[] EC = hex("06072a8648ce3d0201");

    private PemKey() {}

    /** @throws GeneralSecurityException where there is no key, or one that is encrypted or of another kind */
    static PrivateKey parse(String pem) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new GeneralSecurityException("no PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY block");
        }
        byte[] der = Base64.getMimeDecoder().decode(block.group(2));
        return switch (block.group(1)) {
            case "RSA PRIVATE KEY" -> key("RSA", wrap(RSA, der));
            case "EC PRIVATE KEY" -> key("EC", wrap(join(EC, curve(der)), der));
            default -> any(der);
        };
    }

    private static PrivateKey any(byte[] der) throws GeneralSecurityException {
        for (String algorithm : new String[] {"RSA", "EC"}) {
            try {
                return key(algorithm, der);
            } catch (GeneralSecurityException another) {
                // The next is tried.
            }
        }
        return key("EdDSA", der);
    }

    private static PrivateKey key(String algorithm, byte[] der) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, join(VERSION_0, element(SEQUENCE, algorithm), element(OCTET_STRING, key)));
    }

    /** The identifier of the curve, as it is encoded: what follows the key's version and octets. */
    private static byte[] curve(byte[] der) throws GeneralSecurityException {
        try {
            int at = content(der, 0);
            while (at < der.length) {
                int inside = content(der, at);
                if ((der[at] & 0xff) == PARAMETERS && der[inside] == OBJECT_IDENTIFIER) {
                    return Arrays.copyOfRange(der, inside, content(der, inside) + length(der, inside));
                }
                at = inside + length(der, at);
            }
        } catch (ArrayIndexOutOfBoundsException cutOff) {
            throw new GeneralSecurityException("malformed EC PRIVATE KEY", cutOff);
        }
        throw new GeneralSecurityException("EC PRIVATE KEY does not name its curve");
    }

    /** Where the content of the element at {@code at} begins. */
    private static int content(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int each = 0; each < (first & 0x7f); each++) {
            length = length << 8 | der[at + 2 + each] & 0xff;
        }
        return length;
    }

    private static byte[] element(int tag, byte[] content) {
        var out = new ByteArrayOutputStream(content.length + 5);
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            // Two bytes of length are enough for the keys there are.
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
