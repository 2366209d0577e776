package io.kubespring.apiserver.request;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request's headers as the transport holds them; nothing is copied. */
@FunctionalInterface
public interface Headers {

    Headers NONE = name -> List.of();

    /** @param name lower case */
    List<String> all(String name);

    default @Nullable String first(String name) {
        List<String> found = all(name);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** @param single lower-case names, one value each */
    static Headers of(Map<String, String> single) {
        return name -> {
            String value = single.get(name);
            return value == null ? List.of() : List.of(value);
        };
    }
}
