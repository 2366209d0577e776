package io.kubespring.apiserver.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.kinds.rbac.PolicyRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The built-in roles grant exactly what upstream's do, in the same order, to the same subjects. */
class RoleDigestsTest {

    /** Ours alone: the server's own identity towards kubelets, and a DNS server that reads EndpointSlices. */
    private static final List<String> OURS = List.of("/kubespring:kube-apiserver-kubelet-client", "/system:coredns");

    @Test
    void everyRoleAndBindingIsUpstreams() throws Exception {
        Map<String, String> ours = new TreeMap<>();
        for (BootstrapRole role : RoleTable.builtIn()) {
            ours.put(role.namespace() + "/" + role.name(), digest(role));
        }
        OURS.forEach(ours::remove);

        assertThat(ours).isEqualTo(upstream());
    }

    private static Map<String, String> upstream() throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (InputStream table = RoleDigestsTest.class.getResourceAsStream("role-digests.txt")) {
            new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .forEach(words -> digests.put(words[0], words[1]));
        }
        return digests;
    }

    private static String digest(BootstrapRole role) throws NoSuchAlgorithmException {
        List<String> lines = new ArrayList<>();
        for (PolicyRule rule : role.rules()) {
            lines.add(String.join(
                    "|",
                    String.join(",", rule.verbs()),
                    String.join(",", rule.apiGroups()),
                    String.join(",", rule.resources()),
                    String.join(",", rule.resourceNames()),
                    String.join(",", rule.nonResourceUrls())));
        }
        if (role.bound()) {
            lines.add("binding " + role.bindingName());
            role.subjects().forEach(each -> lines.add(each.kind() + " " + each.namespace() + " " + each.name()));
        }
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash).substring(0, 16);
    }
}
