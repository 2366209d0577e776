package io.kubespring.kubelet.fake;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.kubespring.kubelet.cluster.ConfigObjects;
import io.kubespring.kubelet.cluster.ServiceSource;
import io.kubespring.kubelet.cluster.TokenSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ConfigMaps, Secrets, Services and tokens that a test puts in. */
public final class FakeObjects implements ConfigObjects, ServiceSource, TokenSource {

    public final Map<String, ConfigMap> configMaps = new HashMap<>();
    public final Map<String, Secret> secrets = new HashMap<>();
    public final List<Service> services = new ArrayList<>();
    public boolean synced = true;
    public String token = "token-1";

    public void configMap(String name, String key, String value) {
        var configMap = configMaps.computeIfAbsent(name, each -> new ConfigMap());
        var data = new HashMap<>(configMap.getData() == null ? Map.of() : configMap.getData());
        data.put(key, value);
        configMap.setData(data);
    }

    public void secret(String name, String key, String value) {
        var secret = secrets.computeIfAbsent(name, each -> new Secret());
        var data = new HashMap<>(secret.getData() == null ? Map.of() : secret.getData());
        data.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
        secret.setData(data);
    }

    @Override
    public @Nullable ConfigMap configMap(String namespace, String name) {
        return configMaps.get(name);
    }

    @Override
    public @Nullable Secret secret(String namespace, String name) {
        return secrets.get(name);
    }

    @Override
    public void refresh(String namespace) {}

    @Override
    public boolean synced() {
        return synced;
    }

    @Override
    public Collection<Service> services() {
        return services;
    }

    @Override
    public String token(Pod pod, List<String> audiences, long expirationSeconds) {
        return token;
    }

    @Override
    public void forget(String podUid) {}
}
