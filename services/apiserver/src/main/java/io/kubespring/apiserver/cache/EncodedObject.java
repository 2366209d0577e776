package io.kubespring.apiserver.cache;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** One version of an object in one form; the next of the same version hangs on it. */
final class EncodedObject<F> extends SharedBytes {

    private final StoredObject object;
    private final F form;
    private final BiFunction<F, StoredObject, byte[]> encode;
    private final @Nullable EncodedObject<?> next;

    EncodedObject(
            StoredObject object, F form, BiFunction<F, StoredObject, byte[]> encode, @Nullable EncodedObject<?> next) {
        this.object = object;
        this.form = form;
        this.encode = encode;
        this.next = next;
    }

    boolean is(Object other) {
        return form.equals(other);
    }

    @Nullable
    EncodedObject<?> next() {
        return next;
    }

    @Override
    byte[] make() {
        return encode.apply(form, object);
    }
}
