package io.kubespring.client.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * How to reach one cluster as one user: the current context of a kubeconfig. Files it names are relative to its own
 * folder. Exec and auth-provider plugins are not supported and refused.
 *
 * @param server "https://host:port"
 * @param caPem null: the JDK's trusted authorities
 * @param tokenFile read again each minute; wins over {@code token}
 */
public record Kubeconfig(
        String server,
        byte @Nullable [] caPem,
        byte @Nullable [] clientCertificatePem,
        byte @Nullable [] clientKeyPem,
        @Nullable String token,
        @Nullable Path tokenFile,
        @Nullable String tlsServerName,
        String namespace) {

    /** The same cluster as nobody. */
    public Kubeconfig anonymous() {
        return new Kubeconfig(server, caPem, null, null, null, null, tlsServerName, namespace);
    }

    public static Kubeconfig load(Path file) {
        try {
            Path parent = file.toAbsolutePath().getParent();
            return parse(Files.readString(file), parent == null ? Path.of("/") : parent);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read kubeconfig " + file, unreadable);
        }
    }

    /** @param folder what relative paths are relative to */
    public static Kubeconfig parse(String yaml, Path folder) {
        Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        if (!(loaded instanceof Map<?, ?> root)) {
            throw new IllegalArgumentException("kubeconfig is not a YAML object");
        }
        Map<?, ?> context = named(root, "contexts", text(root, "current-context"), "context");
        Map<?, ?> cluster = named(root, "clusters", text(context, "cluster"), "cluster");
        Map<?, ?> user = named(root, "users", text(context, "user"), "user");
        if (user.containsKey("exec") || user.containsKey("auth-provider")) {
            throw new IllegalArgumentException("kubeconfig: exec and auth-provider users are not supported");
        }
        String server = text(cluster, "server");
        if (server == null) {
            throw new IllegalArgumentException("kubeconfig: the cluster has no server");
        }
        String tokenFile = text(user, "tokenFile");
        return new Kubeconfig(
                server,
                pem(cluster, "certificate-authority", folder),
                pem(user, "client-certificate", folder),
                pem(user, "client-key", folder),
                text(user, "token"),
                tokenFile == null ? null : folder.resolve(tokenFile),
                text(cluster, "tls-server-name"),
                Objects.requireNonNullElse(text(context, "namespace"), "default"));
    }

    /** The Pod's own service account, from the files that are mounted into every container. */
    public static Kubeconfig inCluster(Map<String, String> environment) {
        String host = environment.get("KUBERNETES_SERVICE_HOST");
        String port = environment.get("KUBERNETES_SERVICE_PORT");
        if (host == null || port == null) {
            throw new IllegalArgumentException("not in a cluster: KUBERNETES_SERVICE_HOST is not set");
        }
        Path folder = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
        try {
            String bracketed = host.contains(":") ? "[" + host + "]" : host;
            return new Kubeconfig(
                    "https://" + bracketed + ":" + port,
                    Files.readAllBytes(folder.resolve("ca.crt")),
                    null,
                    null,
                    null,
                    folder.resolve("token"),
                    null,
                    Files.readString(folder.resolve("namespace")).strip());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the service account's files", unreadable);
        }
    }

    private static Map<?, ?> named(Map<?, ?> root, String list, @Nullable String name, String part) {
        if (name == null) {
            throw new IllegalArgumentException("kubeconfig: no " + part + " is named");
        }
        if (root.get(list) instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> map && name.equals(map.get("name"))) {
                    return map.get(part) instanceof Map<?, ?> found ? found : Map.of();
                }
            }
        }
        throw new IllegalArgumentException("kubeconfig: " + part + " \"" + name + "\" does not exist");
    }

    private static @Nullable String text(Map<?, ?> map, String field) {
        Object value = map.get(field);
        return value == null || value.toString().isEmpty() ? null : value.toString();
    }

    private static byte @Nullable [] pem(Map<?, ?> map, String field, Path folder) {
        String data = text(map, field + "-data");
        if (data != null) {
            return Base64.getMimeDecoder().decode(data.getBytes(StandardCharsets.US_ASCII));
        }
        String file = text(map, field);
        if (file == null) {
            return null;
        }
        try {
            return Files.readAllBytes(folder.resolve(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("kubeconfig: cannot read " + field + " " + file, unreadable);
        }
    }
}
