package io.kubespring.apiserver.authentication;

import static io.kubespring.apiserver.authentication.TestCertificates.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
import io.kubespring.apiserver.authentication.Authentication.Authenticated;
import io.kubespring.apiserver.authentication.Authentication.Rejected;
import io.kubespring.apiserver.authentication.token.BearerTokenAuthenticator;
import io.kubespring.apiserver.authentication.x509.CertificateAuthenticator;
import io.kubespring.apiserver.authentication.x509.FrontProxyAuthenticator;
import io.kubespring.service.x509.TrustAnchors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestAuthenticatorTest {

    private static final TestCertificates.Issued CLIENT_CA = TestCertificates.authority("kubernetes");
    private static final TestCertificates.Issued PROXY_CA = TestCertificates.authority("front-proxy");

    private final ManualTime time = new ManualTime(NOW);
    private final Authenticator credentialed = new AuthenticatorUnion(List.of(
            new FrontProxyAuthenticator(
                    FrontProxyAuthenticator.Config.standard(List.of("front-proxy-client")),
                    TrustAnchors.of(PROXY_CA.certificate()),
                    time),
            new CertificateAuthenticator(TrustAnchors.of(CLIENT_CA.certificate()), time),
            new BearerTokenAuthenticator(
                    List.of((token, audiences) -> token.equals("good")
                            ? new Authenticated(UserInfo.of("robot", "robots"))
                            : Authentication.NO_OPINION),
                    List.of("api"))));
    private final Authenticator authenticator = new RequestAuthenticator(credentialed, true);

    private UserInfo user(Credentials credentials) {
        Authentication result = authenticator.authenticate(credentials);
        assertThat(result).isInstanceOf(Authenticated.class);
        return ((Authenticated) result).user();
    }

    private static Credentials certified(TestCertificates.Issued client, Map<String, List<String>> headers) {
        return new Credentials(List.of(client.certificate()), null, headers);
    }

    @Test
    void whoeverShowsNothingIsAnonymousWhereAllowed() {
        assertThat(user(Credentials.NONE)).isEqualTo(UserInfo.anonymous());
        assertThat(new RequestAuthenticator(credentialed, false).authenticate(Credentials.NONE))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void wrongTokenIsNeverAnonymous() {
        assertThat(authenticator.authenticate(Credentials.token("bad")))
                .isEqualTo(new Rejected("invalid bearer token"));
    }

    @Test
    void wrongCertificateIsNeverAnonymousButATokenMayStillProveTheUser() {
        var stranger = TestCertificates.authority("other").client("CN=x");

        assertThat(authenticator.authenticate(certified(stranger, Map.of()))).isInstanceOf(Rejected.class);
        assertThat(user(new Credentials(List.of(stranger.certificate()), "good", Map.of()))
                        .name())
                .isEqualTo("robot");
    }

    @Test
    void provenUsersAreAuthenticated() {
        assertThat(user(Credentials.token("good")).groups()).containsExactly("robots", "system:authenticated");
    }

    private static final Map<String, List<String>> REMOTE = Map.of(
            "x-remote-user", List.of("alice"),
            "x-remote-group", List.of("dev", "ops"),
            "x-remote-extra-scopes", List.of("a"));

    @Test
    void frontProxyIsBelieved() {
        UserInfo user = user(certified(PROXY_CA.client("CN=front-proxy-client"), REMOTE));

        assertThat(user.name()).isEqualTo("alice");
        assertThat(user.groups()).containsExactly("dev", "ops", "system:authenticated");
        assertThat(user.extra()).isEqualTo(Map.of("scopes", List.of("a")));
    }

    @Test
    void headersOfAnybodyElseAreIgnored() {
        assertThat(user(new Credentials(List.of(), null, REMOTE))).isEqualTo(UserInfo.anonymous());
        assertThat(user(certified(CLIENT_CA.client("CN=front-proxy-client"), REMOTE))
                        .name())
                .isEqualTo("front-proxy-client");
        assertThat(authenticator.authenticate(certified(PROXY_CA.client("CN=somebody"), REMOTE)))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void bearerHeaderIsReadLeniently() {
        assertThat(Credentials.bearer("Bearer abc")).isEqualTo("abc");
        assertThat(Credentials.bearer("bearer  abc ")).isEqualTo("abc");
        assertThat(Credentials.bearer("Basic abc")).isNull();
        assertThat(Credentials.bearer("Bearer ")).isNull();
        assertThat(Credentials.bearer(null)).isNull();
    }
}
