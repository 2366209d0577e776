package io.kubespring.api.schema;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A schema that is built when first asked for. Racing threads may build it twice; the results are equal. */
final class Lazy implements Supplier<Schema> {

    private final Supplier<Schema> source;
    private volatile @Nullable Schema value;

    Lazy(Supplier<Schema> source) {
        this.source = source;
    }

    @Override
    public Schema get() {
        Schema known = value;
        if (known == null) {
            known = source.get();
            value = known;
        }
        return known;
    }
}
