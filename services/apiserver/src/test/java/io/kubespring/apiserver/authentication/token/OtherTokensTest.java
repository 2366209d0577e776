package io.kubespring.apiserver.authentication.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.GroupResource;
import io.kubespring.api.json.Json;
import io.kubespring.api.time.ManualTime;
import io.kubespring.apiserver.authentication.Authentication;
import io.kubespring.apiserver.authentication.Authentication.Authenticated;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.FakeObjects;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class OtherTokensTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    @Test
    void staticTokens(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("tokens.csv");
        Files.writeString(file, "secret,alice,1,\"dev,ops\"\n\nother, bob ,2\n");
        StaticTokens tokens = StaticTokens.load(file);

        assertThat(tokens.authenticate("secret", List.of()))
                .isEqualTo(new Authenticated(new UserInfo("alice", "1", List.of("dev", "ops"), Map.of())));
        assertThat(tokens.authenticate("other", List.of()))
                .isEqualTo(new Authenticated(new UserInfo("bob", "2", List.of(), Map.of())));
        assertThat(tokens.authenticate("secre", List.of())).isEqualTo(Authentication.NO_OPINION);
    }

    @Test
    void brokenTokenFileNamesItsLine(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("tokens.csv");
        Files.writeString(file, "a,b,c\nonly,two\n");

        assertThatThrownBy(() -> StaticTokens.load(file)).hasMessageContaining("line 2");
    }

    private final FakeObjects objects = new FakeObjects();
    private final BootstrapTokens bootstrap = new BootstrapTokens(objects, new ManualTime(NOW));

    private void secret(Map<String, String> changes) {
        var data = new HashMap<>(Map.of(
                "token-id", "abcdef",
                "token-secret", "0123456789abcdef",
                "usage-bootstrap-authentication", "true",
                "auth-extra-groups", "system:bootstrappers:nodes, system:masters"));
        data.putAll(changes);
        ObjectNode secret = Json.object().put("type", "bootstrap.kubernetes.io/token");
        secret.putObject("metadata").put("namespace", "kube-system").put("name", "bootstrap-token-abcdef");
        ObjectNode encoded = secret.putObject("data");
        data.forEach((key, value) ->
                encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        objects.put(new GroupResource("", "secrets"), secret);
    }

    private Authentication bootstrap() {
        return bootstrap.authenticate("abcdef.0123456789abcdef", List.of());
    }

    @Test
    void bootstrapTokenProvesABootstrapperAndOnlyThat() {
        secret(Map.of());

        assertThat(bootstrap())
                .isEqualTo(new Authenticated(new UserInfo(
                        "system:bootstrap:abcdef",
                        "",
                        List.of("system:bootstrappers", "system:bootstrappers:nodes"),
                        Map.of())));
        assertThat(bootstrap.authenticate("abcdef.0123456789abcdeX", List.of())).isEqualTo(Authentication.NO_OPINION);
        assertThat(bootstrap.authenticate("abcdef.0123456789abcdee", List.of())).isEqualTo(Authentication.NO_OPINION);
    }

    @Test
    void expiredDisabledOrMissingBootstrapTokensProveNothing() {
        assertThat(bootstrap()).isEqualTo(Authentication.NO_OPINION);
        for (Map<String, String> change : List.of(
                Map.of("expiration", "2026-05-01T11:59:59Z"),
                Map.of("expiration", "soon"),
                Map.of("usage-bootstrap-authentication", "false"),
                Map.of("token-id", "zzzzzz"))) {
            secret(change);
            assertThat(bootstrap()).as(change.toString()).isEqualTo(Authentication.NO_OPINION);
        }
        secret(Map.of("expiration", "2026-05-01T12:00:01Z"));
        assertThat(bootstrap()).isInstanceOf(Authenticated.class);
    }
}
