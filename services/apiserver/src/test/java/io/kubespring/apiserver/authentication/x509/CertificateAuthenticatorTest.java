package io.kubespring.apiserver.authentication.x509;

import static io.kubespring.apiserver.authentication.TestCertificates.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
import io.kubespring.apiserver.authentication.Authentication;
import io.kubespring.apiserver.authentication.Authentication.Authenticated;
import io.kubespring.apiserver.authentication.Authentication.Rejected;
import io.kubespring.apiserver.authentication.Credentials;
import io.kubespring.apiserver.authentication.TestCertificates;
import io.kubespring.apiserver.authentication.TestCertificates.Issued;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.service.x509.CertificateBundleFile;
import io.kubespring.service.x509.TrustAnchors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthenticatorTest {

    private static final Issued CA = TestCertificates.authority("kubernetes");

    private final ManualTime time = new ManualTime(NOW);
    private final CertificateAuthenticator authenticator =
            new CertificateAuthenticator(TrustAnchors.of(CA.certificate()), time);

    private Authentication authenticate(X509Certificate... chain) {
        return authenticator.authenticate(Credentials.certificate(chain));
    }

    private String rejection(X509Certificate... chain) {
        assertThat(authenticate(chain)).isInstanceOf(Rejected.class);
        return ((Rejected) authenticate(chain)).reason();
    }

    @Test
    void commonNameIsTheUserAndOrganizationsAreItsGroups() {
        var certificate = CA.client("O=system:nodes, O=dev, CN=system:node:n1").certificate();

        UserInfo user = ((Authenticated) authenticate(certificate)).user();

        assertThat(user.name()).isEqualTo("system:node:n1");
        assertThat(user.groups()).containsExactlyInAnyOrder("system:nodes", "dev");
        assertThat(user.extra().getOrDefault(UserInfo.CREDENTIAL_ID, List.of()).toString())
                .startsWith("[X509SHA256=");
    }

    @Test
    void namesWithCommasAndMultiValuedPartsAreReadWhole() {
        UserInfo user = ((Authenticated)
                        authenticate(CA.client("CN=\"a, b\"+O=team, OU=x").certificate()))
                .user();

        assertThat(user.name()).isEqualTo("a, b");
        assertThat(user.groups()).containsExactly("team");
    }

    @Test
    void noCertificateIsNoOpinion() {
        assertThat(authenticator.authenticate(Credentials.NONE)).isEqualTo(Authentication.NO_OPINION);
    }

    @Test
    void certificateWithoutCommonNameNamesNobody() {
        assertThat(authenticate(CA.client("O=dev").certificate())).isEqualTo(Authentication.NO_OPINION);
    }

    @Test
    void anotherAuthorityIsRejectedEvenUnderTheSameName() {
        var impostor = TestCertificates.authority("kubernetes");

        assertThat(rejection(impostor.client("O=system:masters, CN=admin").certificate()))
                .contains("signed by unknown authority");
    }

    @Test
    void serverCertificateIsNoClientCertificate() {
        assertThat(rejection(CA.server("CN=kube-apiserver").certificate())).contains("incompatible key usage");
    }

    @Test
    void expiredCertificateIsRejectedAlsoAfterItWasAccepted() {
        var certificate = CA.client("CN=alice", NOW.plusSeconds(30)).certificate();
        assertThat(authenticate(certificate)).isInstanceOf(Authenticated.class);

        time.advance(Duration.ofSeconds(31));

        assertThat(rejection(certificate)).contains("expired or is not yet valid");
    }

    @Test
    void clientMayPresentIntermediates() {
        Issued intermediate = CA.intermediate("CN=team-ca", 0);
        var leaf = intermediate.client("CN=bob").certificate();

        assertThat(rejection(leaf)).contains("unknown authority");
        assertThat(authenticate(leaf, intermediate.certificate())).isInstanceOf(Authenticated.class);
    }

    @Test
    void pathLengthIsHonoured() {
        Issued first = CA.intermediate("CN=first", 0);
        Issued second = first.intermediate("CN=second", 0);

        assertThat(rejection(second.client("CN=eve").certificate(), second.certificate(), first.certificate()))
                .contains("unknown authority");
    }

    @Test
    void leafThatIsNoAuthorityCannotSign() {
        Issued alice = CA.client("CN=alice");
        var forged = alice.client("O=system:masters, CN=root").certificate();

        assertThat(rejection(forged, alice.certificate())).contains("unknown authority");
    }

    @Test
    void chainsInCirclesEnd() {
        Issued one = TestCertificates.authority("one");
        var leaf = one.client("CN=x").certificate();

        assertThat(rejection(leaf, one.certificate(), one.certificate())).contains("unknown authority");
    }

    @Test
    void replacedAuthorityEndsTrustAtOnce() {
        var anchors = new ArrayList<>(List.of(List.of(CA.certificate())));
        var reloading = new CertificateAuthenticator(anchors::getFirst, time);
        var credentials = Credentials.certificate(CA.client("CN=alice").certificate());
        assertThat(reloading.authenticate(credentials)).isInstanceOf(Authenticated.class);

        anchors.set(0, List.of(TestCertificates.authority("new").certificate()));

        assertThat(reloading.authenticate(credentials)).isInstanceOf(Rejected.class);
    }

    @Test
    void bundleFileIsReadAgainAndSurvivesNonsense(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("ca.crt");
        Files.writeString(file, pem(CA.certificate()));
        var next = TestCertificates.authority("next").certificate();
        try (var bundle = new CertificateBundleFile(file, time)) {
            assertThat(bundle.current()).containsExactly(CA.certificate());

            Files.writeString(file, pem(CA.certificate()) + pem(next));
            bundle.reload();
            assertThat(bundle.current()).containsExactly(CA.certificate(), next);

            Files.writeString(file, "garbage");
            bundle.reload();
            assertThat(bundle.current()).containsExactly(CA.certificate(), next);
        }
    }

    private static String pem(X509Certificate certificate) throws Exception {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
