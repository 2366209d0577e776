package io.kubespring.service.pki;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The text of a kubeconfig with everything inside it, so that it can be copied to another machine. */
final class KubeconfigFile {

    private KubeconfigFile() {}

    static String render(String server, String caPem, String user, String certificatePem, String keyPem) {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: kubespring
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                users:
                - name: %s
                  user:
                    client-certificate-data: %s
                    client-key-data: %s
                contexts:
                - name: kubespring
                  context:
                    cluster: kubespring
                    user: %s
                current-context: kubespring
                """.formatted(server, base64(caPem), user, base64(certificatePem), base64(keyPem), user);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
