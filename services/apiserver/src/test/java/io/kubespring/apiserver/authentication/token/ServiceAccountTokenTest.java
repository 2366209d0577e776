package io.kubespring.apiserver.authentication.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import io.kubespring.api.json.Json;
import io.kubespring.api.time.ManualTime;
import io.kubespring.api.time.RandomSource;
import io.kubespring.apiserver.authentication.Authentication;
import io.kubespring.apiserver.authentication.Authentication.Authenticated;
import io.kubespring.apiserver.authentication.Authentication.Rejected;
import io.kubespring.apiserver.authentication.Credentials;
import io.kubespring.apiserver.authentication.TestCertificates;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.FakeObjects;
import io.kubespring.apiserver.kinds.Covers;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ServiceAccountTokenTest {

    private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final KeyPair RSA = rsa();

    private final ManualTime time = new ManualTime(NOW);
    private final FakeObjects objects = new FakeObjects();
    private final TokenIssuer issuer = new TokenIssuer(ISSUER, RSA.getPrivate());
    private final TokenRequests requests = requests(issuer, true);
    private final ServiceAccountAuthenticator accounts = new ServiceAccountAuthenticator(
            List.of(ISSUER), new VerificationKeys(List.of(RSA.getPublic())), objects, time);
    private final BearerTokenAuthenticator authenticator =
            new BearerTokenAuthenticator(List.of(accounts), List.of(ISSUER));

    @BeforeEach
    void cluster() {
        objects.put("", "serviceaccounts", "{'metadata':{'namespace':'default','name':'web','uid':'sa-1'}}")
                .put("", "nodes", "{'metadata':{'name':'n1','uid':'node-1'}}")
                .put("", "secrets", "{'metadata':{'namespace':'default','name':'s','uid':'secret-1'}}")
                .put(
                        "",
                        "pods",
                        "{'metadata':{'namespace':'default','name':'web-0','uid':'pod-1'},"
                                + "'spec':{'serviceAccountName':'web','nodeName':'n1'}}");
    }

    private TokenRequests requests(TokenIssuer signer, boolean extend) {
        return new TokenRequests(signer, List.of(ISSUER), extend, objects, time, RandomSource.seeded(7));
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.read(text.replace('\'', '"'));
    }

    private String token(String spec) {
        return tokenOf(requests.issue("default", "web", json("{'spec':" + spec + "}")));
    }

    private static String tokenOf(JsonNode answer) {
        return answer.path("status").path("token").stringValue();
    }

    private static JsonNode claims(String token) {
        return Json.read(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8));
    }

    private UserInfo user(String token) {
        Authentication result = authenticator.authenticate(Credentials.token(token));
        assertThat(result).isInstanceOf(Authenticated.class);
        return ((Authenticated) result).user();
    }

    private String rejection(String token) {
        Authentication result = authenticator.authenticate(Credentials.token(token));
        assertThat(result).isInstanceOf(Rejected.class);
        return ((Rejected) result).reason();
    }

    private static final String POD =
            "{'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'web-0','uid':'pod-1'}}";

    @Test
    void tokenProvesItsAccountPodAndNode() {
        UserInfo user = user(token(POD));

        assertThat(user.name()).isEqualTo("system:serviceaccount:default:web");
        assertThat(user.uid()).isEqualTo("sa-1");
        assertThat(user.groups()).containsExactly("system:serviceaccounts", "system:serviceaccounts:default");
        assertThat(user.extra())
                .containsEntry("authentication.kubernetes.io/pod-name", List.of("web-0"))
                .containsEntry("authentication.kubernetes.io/pod-uid", List.of("pod-1"))
                .containsEntry("authentication.kubernetes.io/node-name", List.of("n1"))
                .containsEntry("authentication.kubernetes.io/node-uid", List.of("node-1"));
        assertThat(user.extra().getOrDefault(UserInfo.CREDENTIAL_ID, List.of()).toString())
                .startsWith("[JTI=");
    }

    @Test
    void claimsAreUpstreams() {
        JsonNode claims = claims(token("{'audiences':['vault'],'expirationSeconds':7200,"
                + "'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'web-0'}}"));

        assertThat(claims.path("aud")).isEqualTo(Json.read("[\"vault\"]"));
        assertThat(claims.path("iss").stringValue()).isEqualTo(ISSUER);
        assertThat(claims.path("sub").stringValue()).isEqualTo("system:serviceaccount:default:web");
        assertThat(claims.path("iat").longValue()).isEqualTo(NOW.getEpochSecond());
        assertThat(claims.path("nbf").longValue()).isEqualTo(NOW.getEpochSecond());
        assertThat(claims.path("exp").longValue()).isEqualTo(NOW.getEpochSecond() + 7200);
        assertThat(claims.path("jti").stringValue()).hasSize(36);
        assertThat(claims.path("kubernetes.io"))
                .isEqualTo(json("{'namespace':'default','node':{'name':'n1','uid':'node-1'},"
                        + "'pod':{'name':'web-0','uid':'pod-1'},'serviceaccount':{'name':'web','uid':'sa-1'}}"));
    }

    @Test
    void answerCarriesDefaultsAndExpiry() {
        ObjectNode answer = requests.issue("default", "web", json("{}"));

        assertThat(answer.path("kind").stringValue()).isEqualTo("TokenRequest");
        assertThat(answer.path("spec").path("expirationSeconds").longValue()).isEqualTo(3600);
        assertThat(answer.path("spec").path("audiences")).isEqualTo(Json.read("[\"" + ISSUER + "\"]"));
        assertThat(answer.path("status").path("expirationTimestamp").stringValue())
                .isEqualTo("2026-05-01T13:00:00Z");
    }

    @Test
    void projectedTokensLiveLongerThanTheySayUnlessSwitchedOff() {
        String projected = "{'spec':" + POD.replace("{'bound", "{'expirationSeconds':3607,'bound") + "}";
        ObjectNode extended = requests.issue("default", "web", json(projected));
        ObjectNode plain = requests(issuer, false).issue("default", "web", json(projected));
        ObjectNode unbound = requests.issue("default", "web", json("{'spec':{'expirationSeconds':3607}}"));

        assertThat(extended.path("status").path("expirationTimestamp").stringValue())
                .isEqualTo("2026-05-01T13:00:07Z");
        assertThat(claims(tokenOf(extended)).path("exp").longValue()).isEqualTo(NOW.getEpochSecond() + 31_536_000);
        assertThat(claims(tokenOf(extended))
                        .path("kubernetes.io")
                        .path("warnafter")
                        .longValue())
                .isEqualTo(NOW.getEpochSecond() + 3607);
        assertThat(claims(tokenOf(plain)).path("exp").longValue()).isEqualTo(NOW.getEpochSecond() + 3607);
        assertThat(claims(tokenOf(unbound)).path("exp").longValue()).isEqualTo(NOW.getEpochSecond() + 3607);
    }

    @Test
    void expiredTokenIsRejectedAlsoWhenItsSignatureIsRemembered() {
        String token = token("{'expirationSeconds':600}");
        user(token);

        time.advance(Duration.ofSeconds(661));

        assertThat(rejection(token)).isEqualTo("[invalid bearer token, service account token has expired]");
    }

    @Test
    void tokenFromTheFutureIsNotValidYet() {
        time.advance(Duration.ofHours(2));
        String token = token("{}");
        var past = new ServiceAccountAuthenticator(
                List.of(ISSUER), new VerificationKeys(List.of(RSA.getPublic())), objects, new ManualTime(NOW));

        assertThat(past.authenticate(token, List.of(ISSUER)))
                .isEqualTo(new Rejected("service account token is not valid yet"));
    }

    @Test
    void wrongAudienceIsRejected() {
        assertThat(rejection(token("{'audiences':['vault']}"))).contains("is invalid for the target audiences");
    }

    @Test
    void tokenReviewsAudiencesAreAnsweredWithTheCommonOnes() {
        String token = token("{'audiences':['vault','other']}");

        assertThat(authenticator.authenticate(token, List.of("x", "vault")))
                .isInstanceOfSatisfying(
                        Authenticated.class,
                        proof -> assertThat(proof.audiences()).containsExactly("vault"));
    }

    @Test
    void recreatedAccountOrPodInvalidatesItsTokens() {
        String plain = token("{}");
        String bound = token(POD);
        user(bound);

        objects.put("", "pods", "{'metadata':{'namespace':'default','name':'web-0','uid':'pod-2'}}");
        assertThat(rejection(bound)).contains("service account token has been invalidated");
        user(plain);

        objects.put("", "serviceaccounts", "{'metadata':{'namespace':'default','name':'web','uid':'sa-2'}}");
        assertThat(rejection(plain)).contains("service account token has been invalidated");
    }

    @Test
    void deletedSecretOrNodeInvalidatesItsTokens() {
        String secret = token("{'boundObjectRef':{'apiVersion':'v1','kind':'Secret','name':'s'}}");
        String node = token("{'boundObjectRef':{'apiVersion':'v1','kind':'Node','name':'n1'}}");
        user(secret);
        user(node);

        objects.remove("", "secrets", "default", "s");
        objects.remove("", "nodes", "", "n1");

        assertThat(rejection(secret)).contains("invalidated");
        assertThat(rejection(node)).contains("invalidated");
    }

    @Test
    void terminatingPodsTokenWorksForOneMoreMinute() {
        String token = token(POD);
        objects.put(
                "",
                "pods",
                "{'metadata':{'namespace':'default','name':'web-0','uid':'pod-1',"
                        + "'deletionTimestamp':'2026-05-01T12:00:30Z'}}");

        time.advance(Duration.ofSeconds(89));
        user(token);
        time.advance(Duration.ofSeconds(2));
        assertThat(rejection(token)).contains("invalidated");
    }

    @Test
    void unchangedObjectsAreNotParsedAgain() {
        String token = token(POD);
        user(token);
        int parses = objects.parses();

        user(token);

        assertThat(objects.parses()).isEqualTo(parses);
    }

    @Test
    void keyOfAnotherClusterIsRejected() {
        var foreign = new TokenIssuer(ISSUER, rsa().getPrivate());

        assertThat(rejection(tokenOf(requests(foreign, false).issue("default", "web", json("{}")))))
                .contains("no key verifies the signature");
    }

    @Test
    void otherIssuersTokensAreLeftToOthers() {
        var foreign = new TokenIssuer("https://elsewhere", RSA.getPrivate());

        assertThat(rejection(tokenOf(requests(foreign, false).issue("default", "web", json("{}")))))
                .isEqualTo("invalid bearer token");
    }

    @Test
    void unsignedTokenIsRejected() {
        String payload = token("{}").split("\\.")[1];
        String header = encode("{\"alg\":\"none\"}");

        assertThat(rejection(header + "." + payload + ".")).isEqualTo("invalid bearer token");
    }

    @Test
    void publicKeyUsedAsSharedSecretIsRejected() throws Exception {
        var forged = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(VerificationKeys.idOf(RSA.getPublic()))
                        .build(),
                new Payload(claims(token("{}")).toString()));
        forged.sign(new MACSigner(RSA.getPublic().getEncoded()));

        assertThat(rejection(forged.serialize())).contains("no key verifies the signature");
    }

    @Test
    void changedPayloadIsRejected() {
        String[] parts = token("{}").split("\\.");
        ObjectNode claims = (ObjectNode) claims(String.join(".", parts));
        claims.put("sub", "system:serviceaccount:kube-system:admin");

        assertThat(rejection(parts[0] + "." + encode(claims.toString()) + "." + parts[2]))
                .contains("no key verifies the signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "....", "eyJ.eyJ.x", "e30.e30.e30", " "})
    void nonsenseIsRejected(String token) {
        assertThat(rejection(token)).isEqualTo("invalid bearer token");
    }

    @Test
    void everyConfiguredKeyVerifiesAndEllipticKeysSignToo() throws Exception {
        KeyPair elliptic = TestCertificates.keys();
        var rotated = new ServiceAccountAuthenticator(
                List.of(ISSUER), new VerificationKeys(List.of(elliptic.getPublic(), RSA.getPublic())), objects, time);
        String old = token("{}");
        String recent = tokenOf(
                requests(new TokenIssuer(ISSUER, elliptic.getPrivate()), false).issue("default", "web", json("{}")));

        assertThat(rotated.authenticate(old, List.of(ISSUER))).isInstanceOf(Authenticated.class);
        assertThat(rotated.authenticate(recent, List.of(ISSUER))).isInstanceOf(Authenticated.class);
    }

    @Test
    @Covers(resource = "serviceaccounts", subresource = "token")
    void badRequestsAreRefusedInUpstreamsWords() {
        assertThatThrownBy(() -> token("{'expirationSeconds':4294967297}"))
                .hasMessageEndingWith("Invalid value: 4294967297: may not specify a duration larger than 2^32 seconds");
        assertThatThrownBy(() -> requests.issue("default", "web", json("{'metadata':{'name':'other'}}")))
                .hasMessage("TokenRequest.authentication.k8s.io \"web\" is invalid: metadata.name: Invalid value: "
                        + "\"other\": must match the service account name if specified");
        assertThatThrownBy(() -> requests.issue("default", "web", json("{'metadata':{'namespace':'other'}}")))
                .hasMessageEndingWith("\"other\": must match the service account namespace if specified");
        assertThatThrownBy(() -> token("{'expirationSeconds':10}"))
                .hasMessage("TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: "
                        + "Invalid value: 10: may not specify a duration less than 10 minutes");
        assertThatThrownBy(() -> requests.issue("default", "none", json("{}")))
                .hasMessage("serviceaccounts \"none\" not found");
        assertThatThrownBy(() -> token("{'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'gone'}}"))
                .hasMessage("pods \"gone\" not found");
        assertThatThrownBy(
                        () -> token("{'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'web-0','uid':'other'}}"))
                .hasMessageContaining("the UID in the bound object reference (other) does not match");
        assertThatThrownBy(() -> token("{'boundObjectRef':{'apiVersion':'v1','kind':'ConfigMap','name':'c'}}"))
                .hasMessage("cannot bind token to object of type /v1, Kind=ConfigMap");
    }

    @Test
    void podOfAnotherAccountCannotBeBound() {
        objects.put("", "serviceaccounts", "{'metadata':{'namespace':'default','name':'admin','uid':'sa-9'}}");

        assertThatThrownBy(() -> requests.issue("default", "admin", json("{'spec':" + POD + "}")))
                .hasMessageContaining("cannot bind token for serviceaccount \"admin\"");
    }

    @Test
    void discoveryNamesIssuerKeysAndAlgorithms() {
        var documents = new OpenIdDocuments(
                ISSUER, "https://10.0.0.1:6443/openid/v1/jwks", new VerificationKeys(List.of(RSA.getPublic())));

        JsonNode configuration = Json.readObject(documents.configuration());
        JsonNode key = Json.readObject(documents.keySet()).path("keys").path(0);

        assertThat(configuration.path("issuer").stringValue()).isEqualTo(ISSUER);
        assertThat(configuration.path("id_token_signing_alg_values_supported")).isEqualTo(Json.read("[\"RS256\"]"));
        assertThat(key.path("kid").stringValue()).isEqualTo(VerificationKeys.idOf(RSA.getPublic()));
        assertThat(key.path("kty").stringValue()).isEqualTo("RSA");
        assertThat(key.has("d")).isFalse();
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyPair rsa() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
