package io.kubespring.client.informer;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an informer's copy. Never blocks on the network; may lag behind the server. Objects must not be modified. */
public interface Lister<T> {

    /** @param namespace empty for cluster-scoped objects */
    @Nullable
    T get(String namespace, String name);

    /** @param key "namespace/name", or "name" */
    @Nullable
    T byKey(String key);

    /** A snapshot, in no order. */
    Collection<T> list();

    Collection<T> list(String namespace);

    /** What the index function that was added as {@code index} puts under {@code value}. */
    List<T> byIndex(String index, String value);
}
