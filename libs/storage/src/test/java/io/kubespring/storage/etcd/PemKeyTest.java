package io.kubespring.storage.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms that openssl and others write; that such files connect to an etcd is in the API server's tests. */
class PemKeyTest {

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    private static PrivateKey rsa() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair().getPrivate();
    }

    private static PrivateKey ec(String curve) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair().getPrivate();
    }

    @Test
    void pkcs8OfEveryKind() throws GeneralSecurityException {
        var ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
        for (PrivateKey key : new PrivateKey[] {rsa(), ec("secp256r1"), ed25519}) {
            assertThat(PemKey.parse(pem("PRIVATE KEY", key.getEncoded()))).isEqualTo(key);
        }
    }

    /** PKCS #8 of an RSA key ends with the PKCS #1 key, after 26 bytes for one of 2,048 bits. */
    @Test
    void pkcs1() throws GeneralSecurityException {
        PrivateKey key = rsa();
        byte[] inner = Arrays.copyOfRange(key.getEncoded(), 26, key.getEncoded().length);
        assertThat(PemKey.parse(pem("RSA PRIVATE KEY", inner))).isEqualTo(key);
    }

    /** As "openssl ecparam -genkey" writes it: the curve first in a block of its own, then the key. */
    @ParameterizedTest
    @CsvSource({"secp256r1, 32, 06082a8648ce3d030107", "secp384r1, 48, 06052b81040022", "secp521r1, 66, 06052b81040023"
    })
    void sec1(String curve, int bytes, String identifier) throws GeneralSecurityException {
        var key = (ECPrivateKey) ec(curve);
        String number = "%0" + 2 * bytes + "x";
        String octets = "020101" + "04%02x".formatted(bytes) + number.formatted(key.getS());
        String parameters = "a0%02x".formatted(identifier.length() / 2) + identifier;
        String content = octets + parameters;
        String der = "30%02x".formatted(content.length() / 2) + content;
        String text = pem("EC PARAMETERS", HexFormat.of().parseHex(identifier))
                + pem("EC PRIVATE KEY", HexFormat.of().parseHex(der));
        assertThat(PemKey.parse(text)).isInstanceOfSatisfying(ECPrivateKey.class, read -> {
            assertThat(read.getS()).isEqualTo(key.getS());
            assertThat(read.getParams().getOrder()).isEqualTo(key.getParams().getOrder());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"})
    void noKeyIsSaidToBeNone(String text) {
        assertThatThrownBy(() -> PemKey.parse(text))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("no PRIVATE KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"})
    void garbageIsRefused(String label) {
        for (int length = 1; length < 64; length++) {
            byte[] garbage = new byte[length];
            Arrays.fill(garbage, (byte) 0x30);
            assertThatThrownBy(() -> PemKey.parse(pem(label, garbage))).isInstanceOf(GeneralSecurityException.class);
        }
    }
}
