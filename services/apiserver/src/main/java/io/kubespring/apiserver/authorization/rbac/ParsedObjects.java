package io.kubespring.apiserver.authorization.rbac;

import io.kubespring.api.GroupResource;
import io.kubespring.apiserver.authorization.ObjectSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * All objects of one resource in parsed form, at one change token. {@link #refreshed} parses only what changed since.
 * Immutable.
 */
final class ParsedObjects<T> {

    record Key(String namespace, String name) {}

    private record Parsed<T>(long revision, T value) {}

    private final GroupResource resource;
    private final Function<ObjectNode, T> parser;
    private final Object token;
    private final Map<Key, Parsed<T>> objects;

    private ParsedObjects(
            GroupResource resource, Function<ObjectNode, T> parser, Object token, Map<Key, Parsed<T>> objects) {
        this.resource = resource;
        this.parser = parser;
        this.token = token;
        this.objects = objects;
    }

    static <T> ParsedObjects<T> none(GroupResource resource, Function<ObjectNode, T> parser) {
        return new ParsedObjects<>(resource, parser, new Object(), Map.of());
    }

    boolean isCurrent(ObjectSource source) {
        return token.equals(source.changeToken(resource));
    }

    /** The same instance when nothing changed. */
    ParsedObjects<T> refreshed(ObjectSource source) {
        // The token is taken before the list: a change in between makes the next reader look again.
        Object now = source.changeToken(resource);
        if (token.equals(now)) {
            return this;
        }
        Collection<? extends ObjectSource.Item> items = source.list(resource, null);
        var next = HashMap.<Key, Parsed<T>>newHashMap(items.size());
        for (ObjectSource.Item item : items) {
            var key = new Key(item.namespace(), item.name());
            Parsed<T> known = objects.get(key);
            next.put(
                    key,
                    known != null && known.revision() == item.revision()
                            ? known
                            : new Parsed<>(item.revision(), parser.apply(item.tree())));
        }
        return new ParsedObjects<>(resource, parser, now, next);
    }

    @Nullable
    T get(String namespace, String name) {
        Parsed<T> found = objects.get(new Key(namespace, name));
        return found == null ? null : found.value();
    }

    Iterable<T> values() {
        return () -> objects.values().stream().map(Parsed::value).iterator();
    }
}
