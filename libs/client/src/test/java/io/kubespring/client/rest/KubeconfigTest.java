package io.kubespring.client.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {

    private static final String YAML = """
            apiVersion: v1
            kind: Config
            current-context: main
            contexts:
            - name: main
              context: {cluster: here, user: me, namespace: team}
            clusters:
            - name: here
              cluster: {server: "https://127.0.0.1:6443", certificate-authority-data: Q0E=}
            users:
            - name: me
              user: {client-certificate: cert.pem, client-key-data: S0VZ, tokenFile: token}
            """;

    @Test
    void readsTheCurrentContextWithDataAndFiles(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("cert.pem"), "CERT");
        Files.writeString(folder.resolve("config"), YAML);
        Kubeconfig config = Kubeconfig.load(folder.resolve("config"));
        assertThat(config.server()).isEqualTo("https://127.0.0.1:6443");
        assertThat(config.caPem()).asString().isEqualTo("CA");
        assertThat(config.clientCertificatePem()).asString().isEqualTo("CERT");
        assertThat(config.clientKeyPem()).asString().isEqualTo("KEY");
        assertThat(config.tokenFile()).isEqualTo(folder.resolve("token"));
        assertThat(config.namespace()).isEqualTo("team");
    }

    @Test
    void saysWhatIsMissing(@TempDir Path folder) {
        assertThatThrownBy(() -> Kubeconfig.parse(YAML.replace("cluster: here", "cluster: there"), folder))
                .hasMessage("kubeconfig: cluster \"there\" does not exist");
        assertThatThrownBy(() -> Kubeconfig.parse("[]", folder)).hasMessage("kubeconfig is not a YAML object");
        assertThatThrownBy(() -> Kubeconfig.inCluster(Map.of())).hasMessageStartingWith("not in a cluster");
    }
}
