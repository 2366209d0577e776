package io.kubespring.client.informer;

import java.util.function.Consumer;

/** What an informer tells. Objects are shared: never modify them. Calls come one at a time, in order. */
public interface EventHandler<T> {

    /** @param initial whether the object was there when the informer first listed */
    default void onAdd(T object, boolean initial) {}

    default void onUpdate(T before, T after) {}

    /** @param last as it was in the end; as it was last seen, perhaps long before, where a new list misses it */
    default void onDelete(T last) {}

    /** Calls {@code each} after every change, with the object as it is then, or as it was in the end. */
    static <T> EventHandler<T> onAny(Consumer<? super T> each) {
        return of(each, each);
    }

    /** For those who keep a view of their own: {@code put} takes objects that are new or changed, {@code remove} those that went. */
    static <T> EventHandler<T> of(Consumer<? super T> put, Consumer<? super T> remove) {
        return new EventHandler<>() {
            @Override
            public void onAdd(T object, boolean initial) {
                put.accept(object);
            }

            @Override
            public void onUpdate(T before, T after) {
                put.accept(after);
            }

            @Override
            public void onDelete(T last) {
                remove.accept(last);
            }
        };
    }
}
