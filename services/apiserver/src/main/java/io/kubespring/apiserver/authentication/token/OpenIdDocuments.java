package io.kubespring.apiserver.authentication.token;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.kubespring.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** "Service account issuer discovery": what a relying party needs to verify our tokens without asking us. */
public final class OpenIdDocuments {

    public static final String CONFIGURATION_PATH = "/.well-known/openid-configuration";
    public static final String KEYS_PATH = "/openid/v1/jwks";
    public static final String KEYS_TYPE = "application/jwk-set+json";
    public static final String CACHE_CONTROL = "public, max-age=3600";

    private final byte[] configuration;
    private final byte[] keySet;

    /** @param keysUri absolute URL under which relying parties reach {@link #KEYS_PATH} */
    public OpenIdDocuments(String issuer, String keysUri, VerificationKeys keys) {
        configuration = configuration(issuer, keysUri, keys);
        keySet = keySet(keys);
    }

    /** JSON. */
    public byte[] configuration() {
        return configuration.clone();
    }

    /** JSON of type {@link #KEYS_TYPE}. */
    public byte[] keySet() {
        return keySet.clone();
    }

    private static byte[] configuration(String issuer, String keysUri, VerificationKeys keys) {
        ObjectNode document = Json.object().put("issuer", issuer).put("jwks_uri", keysUri);
        document.putArray("response_types_supported").add("id_token");
        document.putArray("subject_types_supported").add("public");
        var algorithms = new TreeSet<String>();
        keys.ordered()
                .values()
                .forEach(key -> algorithms.add(JsonWebSignature.algorithm(key).getName()));
        algorithms.forEach(document.putArray("id_token_signing_alg_values_supported")::add);
        return Json.write(document);
    }

    private static byte[] keySet(VerificationKeys keys) {
        List<String> encoded = keys.ordered().entrySet().stream()
                .map(entry -> webKey(entry.getKey(), entry.getValue()).toJSONString())
                .toList();
        return ("{\"keys\":[" + String.join(",", encoded) + "]}").getBytes(StandardCharsets.UTF_8);
    }

    private static JWK webKey(String id, PublicKey key) {
        return key instanceof RSAPublicKey rsa
                ? new RSAKey.Builder(rsa)
                        .keyID(id)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JsonWebSignature.algorithm(key))
                        .build()
                : new ECKey.Builder(Curve.P_256, (ECPublicKey) key)
                        .keyID(id)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JsonWebSignature.algorithm(key))
                        .build();
    }
}
