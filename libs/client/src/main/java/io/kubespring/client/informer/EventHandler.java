package io.kubespring.client.informer;

/** What an informer tells. Objects are shared: never modify them. Calls come one at a time, in order. */
public interface EventHandler<T> {

    /** @param initial whether the object was there when the informer first listed */
    default void onAdd(T object, boolean initial) {}

    default void onUpdate(T before, T after) {}

    /** @param last as it was in the end; as it was last seen, perhaps long before, where a new list misses it */
    default void onDelete(T last) {}
}
