package io.kubespring.apiserver.discovery;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/** Names the version that a resource is stored in, so that clients see when objects need to be written again. */
final class StorageVersionHash {

    private StorageVersionHash() {}

    static String of(Catalog catalog, ResourceType type) {
        GroupVersionKind stored = storageVersion(catalog, type);
        String name = stored.group() + "/" + stored.version() + "/" + stored.kind();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(Arrays.copyOf(hash, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of the resources that share a place in the store, the first group's preferred version (core Events, HPA v2). */
    private static GroupVersionKind storageVersion(Catalog catalog, ResourceType type) {
        for (String group : catalog.groups()) {
            for (String version : catalog.versions(group)) {
                ResourceType candidate = catalog.find(group, version, type.plural());
                if (candidate != null && Objects.equals(candidate.storagePrefix(), type.storagePrefix())) {
                    return candidate.kind();
                }
            }
        }
        return type.kind();
    }
}
