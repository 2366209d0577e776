package io.kubespring.kubelet.environment;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.kubespring.kubelet.cluster.ConfigObjects;
import io.kubespring.kubelet.cluster.ServiceSource;
import io.kubespring.kubelet.environment.PodFields.NodeFacts;
import io.kubespring.kubelet.pod.Pods;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a container: those of Services first, then {@code envFrom} in order, then {@code env}, each overriding
 * what came before; {@code $(NAME)} in a value refers to any of these.
 */
public final class EnvironmentBuilder {

    private final ConfigObjects objects;
    private final ServiceSource services;

    public EnvironmentBuilder(ConfigObjects objects, ServiceSource services) {
        this.objects = objects;
        this.services = services;
    }

    /** @throws ConfigException where something referred to is missing */
    public Map<String, String> build(Pod pod, Container container, NodeFacts facts) {
        String namespace = pod.getMetadata().getNamespace();
        if (!services.synced() && !Pods.isStatic(pod)) {
            throw new ConfigException("services have not yet been read at least once, cannot construct envvars");
        }
        boolean links = !Boolean.FALSE.equals(pod.getSpec().getEnableServiceLinks());
        var serviceVariables = ServiceVariables.of(services.services(), namespace, links);
        var result = new LinkedHashMap<String, String>();
        if (container.getEnvFrom() != null) {
            container.getEnvFrom().forEach(source -> addAll(source, namespace, result));
        }
        // References see the Services' variables too, though a variable of the container hides one of a Service.
        var known = new LinkedHashMap<>(serviceVariables);
        known.putAll(result);
        if (container.getEnv() != null) {
            for (EnvVar variable : container.getEnv()) {
                String value = value(pod, container, variable, known, facts);
                if (value != null) {
                    result.put(variable.getName(), value);
                    known.put(variable.getName(), value);
                }
            }
        }
        serviceVariables.forEach(result::putIfAbsent);
        return result;
    }

    private void addAll(EnvFromSource source, String namespace, Map<String, String> result) {
        String prefix = source.getPrefix() == null ? "" : source.getPrefix();
        if (source.getConfigMapRef() != null) {
            String name = source.getConfigMapRef().getName();
            ConfigMap configMap = objects.configMap(namespace, name);
            if (configMap != null && configMap.getData() != null) {
                new TreeMap<>(configMap.getData()).forEach((key, value) -> result.put(prefix + key, value));
            } else if (configMap == null && !isTrue(source.getConfigMapRef().getOptional())) {
                throw new ConfigException("configmap \"" + name + "\" not found");
            }
        }
        if (source.getSecretRef() != null) {
            String name = source.getSecretRef().getName();
            Secret secret = objects.secret(namespace, name);
            if (secret != null && secret.getData() != null) {
                new TreeMap<>(secret.getData()).forEach((key, value) -> result.put(prefix + key, decode(value)));
            } else if (secret == null && !isTrue(source.getSecretRef().getOptional())) {
                throw new ConfigException("secret \"" + name + "\" not found");
            }
        }
    }

    private @Nullable String value(
            Pod pod, Container container, EnvVar variable, Map<String, String> known, NodeFacts facts) {
        EnvVarSource from = variable.getValueFrom();
        if (variable.getValue() != null && !variable.getValue().isEmpty()) {
            return Expansion.expand(variable.getValue(), known);
        }
        if (from == null) {
            return "";
        }
        String namespace = pod.getMetadata().getNamespace();
        if (from.getFieldRef() != null) {
            return PodFields.field(pod, facts, from.getFieldRef().getFieldPath());
        }
        if (from.getResourceFieldRef() != null) {
            return PodFields.resource(pod, container, from.getResourceFieldRef(), facts);
        }
        if (from.getConfigMapKeyRef() != null) {
            var reference = from.getConfigMapKeyRef();
            ConfigMap configMap = objects.configMap(namespace, reference.getName());
            String value = configMap == null || configMap.getData() == null
                    ? null
                    : configMap.getData().get(reference.getKey());
            return found(
                    value,
                    reference.getOptional(),
                    () -> configMap == null
                            ? "configmap \"" + reference.getName() + "\" not found"
                            : "couldn't find key " + reference.getKey() + " in ConfigMap " + namespace + "/"
                                    + reference.getName());
        }
        if (from.getSecretKeyRef() != null) {
            var reference = from.getSecretKeyRef();
            Secret secret = objects.secret(namespace, reference.getName());
            String value = secret == null || secret.getData() == null
                    ? null
                    : secret.getData().get(reference.getKey());
            return found(
                    value == null ? null : decode(value),
                    reference.getOptional(),
                    () -> secret == null
                            ? "secret \"" + reference.getName() + "\" not found"
                            : "couldn't find key " + reference.getKey() + " in Secret " + namespace + "/"
                                    + reference.getName());
        }
        return "";
    }

    private static @Nullable String found(
            @Nullable String value, @Nullable Boolean optional, Supplier<String> problem) {
        if (value == null && !isTrue(optional)) {
            throw new ConfigException(problem.get());
        }
        return value;
    }

    private static String decode(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static boolean isTrue(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }
}
