package io.kubespring.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.service.x509.CertificateSubject;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassedHeadersTest {

    private static final Caller ALICE =
            new Caller.Certified(new CertificateSubject("alice", List.of("dev", "ops")), "X509SHA256=00");
    private static final InetSocketAddress CLIENT = new InetSocketAddress("10.1.2.3", 4711);

    private static HttpHeaders headers(String... pairs) {
        var headers = new DefaultHttpHeaders();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1]);
        }
        return headers;
    }

    private static HttpHeaders passed(HttpHeaders from, Caller caller) {
        var to = new DefaultHttpHeaders();
        PassedHeaders.request(from, to, caller, CLIENT);
        return to;
    }

    @Test
    void namesOfTheClientAreReplacedByThoseOfItsCertificate() {
        HttpHeaders passed = passed(
                headers(
                        "X-Remote-User", "root",
                        "x_remote_group", "system:masters",
                        "X-REMOTE-EXTRA-scope", "all",
                        "Authorization", "Bearer other",
                        "Impersonate-User", "bob"),
                ALICE);

        assertThat(passed.getAll("X-Remote-User")).containsExactly("alice");
        assertThat(passed.getAll("X-Remote-Group")).containsExactly("dev", "ops");
        assertThat(passed.getAll("X-Remote-Extra-authentication.kubernetes.io%2fcredential-id"))
                .containsExactly("X509SHA256=00");
        assertThat(passed.names()).doesNotContain("x_remote_group", "X-REMOTE-EXTRA-scope", "Authorization");
        assertThat(passed.get("Impersonate-User")).isEqualTo("bob");
    }

    @Test
    void withoutACertificateNobodyIsNamedAndTheTokenPasses() {
        HttpHeaders passed =
                passed(headers("X-Remote-User", "root", "Authorization", "Bearer t"), new Caller.Bearer("0123456789"));

        assertThat(passed.names()).containsExactlyInAnyOrder("Authorization", "X-Forwarded-For");
    }

    @Test
    void whatBelongsToOneConnectionStaysThere() {
        HttpHeaders passed = passed(
                headers(
                        "Connection", "keep-alive, X-Mine, Authorization",
                        "X-Mine", "1",
                        "Keep-Alive", "5",
                        "TE", "trailers",
                        "Transfer-Encoding", "chunked",
                        "Upgrade", "h2c",
                        "x-http2-stream-id", "3",
                        "Authorization", "Bearer t",
                        "Content-Length", "3",
                        "X-Forwarded-For", "1.1.1.1"),
                Caller.Unknown.INSTANCE);

        assertThat(passed.names()).containsExactlyInAnyOrder("Authorization", "Content-Length", "X-Forwarded-For");
        assertThat(passed.get("X-Forwarded-For")).isEqualTo("1.1.1.1, 10.1.2.3");
    }

    @Test
    void upgradesKeepTheirWish() {
        var to = new DefaultHttpHeaders();
        PassedHeaders.upgrade(
                headers("Connection", "keep-alive, Upgrade", "Upgrade", "SPDY/3.1", "X-Remote-User", "root"),
                to,
                ALICE,
                CLIENT);

        assertThat(to.get("Connection")).isEqualToIgnoringCase("upgrade");
        assertThat(to.get("Upgrade")).isEqualTo("SPDY/3.1");
        assertThat(to.getAll("X-Remote-User")).containsExactly("alice");
    }
}
