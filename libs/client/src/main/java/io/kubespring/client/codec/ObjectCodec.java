package io.kubespring.client.codec;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;

/**
 * Reads, writes and looks into objects of one representation.
 *
 * @param <T> a typed model, or a tree
 */
public interface ObjectCodec<T> {

    T read(byte[] json);

    /** Reads the object at which the parser stands. */
    T read(JsonParser parser);

    /** Turns an item of a list, which may lack apiVersion and kind, into an object. */
    T fromTree(JsonNode tree);

    byte[] write(T object);

    /** An independent copy. */
    default T copy(T object) {
        return read(write(object));
    }

    String name(T object);

    /** Empty for cluster-scoped objects. */
    String namespace(T object);

    /** Empty where the object was never stored. */
    String resourceVersion(T object);

    @Nullable
    String uid(T object);

    Map<String, String> labels(T object);

    /** Forgets managedFields in place, to save memory. */
    void dropManagedFields(T object);

    /** "namespace/name", or "name" for cluster-scoped objects. */
    default String key(T object) {
        String namespace = namespace(object);
        return namespace.isEmpty() ? name(object) : namespace + "/" + name(object);
    }
}
