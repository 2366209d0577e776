package io.kubespring.kubelet.image;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.kubespring.api.json.Json;
import io.kubespring.kubelet.cluster.ConfigObjects;
import io.kubespring.node.cri.v1.AuthConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Credentials for an image from the Secrets that its Pod names, in both of Docker's file formats. */
public final class PullCredentials {

    private static final Logger LOG = LoggerFactory.getLogger(PullCredentials.class);

    private final ConfigObjects objects;

    public PullCredentials(ConfigObjects objects) {
        this.objects = objects;
    }

    /** Those that fit the image's registry, in the order of the Secrets. */
    List<AuthConfig> find(Pod pod, String image) {
        var found = new ArrayList<AuthConfig>();
        List<LocalObjectReference> references = pod.getSpec().getImagePullSecrets();
        if (references == null) {
            return found;
        }
        for (LocalObjectReference reference : references) {
            Secret secret = secret(pod, reference.getName());
            if (secret != null && secret.getData() != null) {
                collect(registries(secret.getData()), image, found);
            }
        }
        return found;
    }

    private @Nullable Secret secret(Pod pod, String name) {
        try {
            return objects.secret(pod.getMetadata().getNamespace(), name);
        } catch (io.kubespring.api.error.StatusException failure) {
            LOG.warn("{}/{}: pull secret not read: {}", pod.getMetadata().getNamespace(), name, failure.getMessage());
            return null;
        }
    }

    private static @Nullable JsonNode registries(Map<String, String> data) {
        String config = data.get(".dockerconfigjson");
        if (config != null) {
            return Json.mapper().readTree(decode(config)).path("auths");
        }
        String legacy = data.get(".dockercfg");
        return legacy == null ? null : Json.mapper().readTree(decode(legacy));
    }

    private static void collect(@Nullable JsonNode registries, String image, List<AuthConfig> found) {
        if (registries == null) {
            return;
        }
        String wanted = ImageName.registry(image);
        for (var entry : registries.properties()) {
            if (host(entry.getKey()).equals(wanted)) {
                found.add(auth(entry.getKey(), entry.getValue()));
            }
        }
    }

    private static String host(String server) {
        String host = server.replaceFirst("^https?://", "").replaceFirst("/.*", "");
        return host.equals("index.docker.io") || host.equals("registry-1.docker.io") ? "docker.io" : host;
    }

    private static AuthConfig auth(String server, JsonNode entry) {
        String user = entry.path("username").asString("");
        String password = entry.path("password").asString("");
        String joined = entry.path("auth").asString("");
        if (user.isEmpty() && !joined.isEmpty()) {
            String decoded = new String(decode(joined), StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            user = colon < 0 ? decoded : decoded.substring(0, colon);
            password = colon < 0 ? "" : decoded.substring(colon + 1);
        }
        return AuthConfig.newBuilder()
                .setServerAddress(server)
                .setUsername(user)
                .setPassword(password)
                .setIdentityToken(entry.path("identitytoken").asString(""))
                .build();
    }

    private static byte[] decode(String base64) {
        return Base64.getMimeDecoder().decode(base64);
    }
}
