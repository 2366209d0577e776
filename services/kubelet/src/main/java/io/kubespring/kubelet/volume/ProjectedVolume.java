package io.kubespring.kubelet.volume;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapProjection;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretProjection;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.cluster.ConfigObjects;
import io.kubespring.kubelet.cluster.TokenSource;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.volume.AtomicWriter.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Several sources in one folder; among them the service-account token, renewed before it expires. */
final class ProjectedVolume implements VolumePlugin {

    private static final int DEFAULT_MODE = 0644;
    private static final int OWNER_ONLY = 0600;
    private static final long DEFAULT_EXPIRATION_SECONDS = 3600;

    private final ConfigObjects objects;
    private final TokenSource tokens;
    private final MemoryFolder memory;
    private final TimeSource time;

    ProjectedVolume(ConfigObjects objects, TokenSource tokens, MemoryFolder memory, TimeSource time) {
        this.objects = objects;
        this.tokens = tokens;
        this.memory = memory;
        this.time = time;
    }

    @Override
    public String folderName() {
        return "kubernetes.io~projected";
    }

    @Override
    public boolean handles(Volume volume) {
        return volume.getProjected() != null;
    }

    @Override
    public Path mount(VolumeRequest request) throws IOException {
        var source = request.volume().getProjected();
        int mode = source.getDefaultMode() == null ? DEFAULT_MODE : source.getDefaultMode();
        var files = new HashMap<String, Content>();
        for (VolumeProjection projection : source.getSources()) {
            collect(request, projection, mode, files);
        }
        memory.create(request.folder(), 0777, List.of());
        AtomicWriter.write(request.folder(), files, request.fsGroup(), time.now());
        return request.folder();
    }

    private void collect(VolumeRequest request, VolumeProjection projection, int mode, Map<String, Content> files) {
        if (projection.getConfigMap() != null) {
            configMap(request, projection.getConfigMap(), mode, files);
        } else if (projection.getSecret() != null) {
            secret(request, projection.getSecret(), mode, files);
        } else if (projection.getDownwardAPI() != null) {
            DownwardFiles.collect(request, projection.getDownwardAPI().getItems(), mode, files);
        } else if (projection.getServiceAccountToken() != null) {
            token(request, projection.getServiceAccountToken(), mode, files);
        } else {
            throw new VolumeException("projected source is not supported");
        }
    }

    private void configMap(VolumeRequest request, ConfigMapProjection source, int mode, Map<String, Content> files) {
        boolean optional = Boolean.TRUE.equals(source.getOptional());
        ConfigMap configMap = objects.configMap(request.namespace(), source.getName());
        if (configMap != null) {
            KeySelection.select(KeySelection.contents(configMap), source.getItems(), mode, optional, files);
        } else if (!optional) {
            throw new VolumeException("configmap \"" + source.getName() + "\" not found");
        }
    }

    private void secret(VolumeRequest request, SecretProjection source, int mode, Map<String, Content> files) {
        boolean optional = Boolean.TRUE.equals(source.getOptional());
        Secret secret = objects.secret(request.namespace(), source.getName());
        if (secret != null) {
            KeySelection.select(KeySelection.contents(secret), source.getItems(), mode, optional, files);
        } else if (!optional) {
            throw new VolumeException("secret \"" + source.getName() + "\" not found");
        }
    }

    private void token(
            VolumeRequest request, ServiceAccountTokenProjection source, int mode, Map<String, Content> files) {
        String audience = source.getAudience();
        List<String> audiences = audience == null || audience.isEmpty() ? List.of() : List.of(audience);
        long seconds =
                source.getExpirationSeconds() == null ? DEFAULT_EXPIRATION_SECONDS : source.getExpirationSeconds();
        String token = tokens.token(request.pod(), audiences, seconds);
        Long user = commonUser(request.pod());
        boolean restricted = user != null || request.fsGroup() != null;
        files.put(
                source.getPath(),
                new Content(token.getBytes(StandardCharsets.UTF_8), restricted ? OWNER_ONLY : mode, user));
    }

    /** The user that all containers run as, where the Pod says so: only that user may read the token. */
    private static @Nullable Long commonUser(Pod pod) {
        var ofPod = pod.getSpec().getSecurityContext();
        Long common = null;
        for (Container container : Pods.allContainers(pod).toList()) {
            var own = container.getSecurityContext();
            Long user = own != null && own.getRunAsUser() != null
                    ? own.getRunAsUser()
                    : ofPod == null ? null : ofPod.getRunAsUser();
            if (user == null || common != null && !common.equals(user)) {
                return null;
            }
            common = user;
        }
        return common;
    }
}
