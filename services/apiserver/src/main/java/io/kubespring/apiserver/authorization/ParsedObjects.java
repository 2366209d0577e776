package io.kubespring.apiserver.authorization;

import io.kubespring.api.GroupResource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * All objects of one resource (or of one namespace) in parsed form, at one change token. {@link #refreshed} parses only what changed since.
 * Immutable.
 */
public final class ParsedObjects<T> {

    private record Key(String namespace, String name) {}

    private record Parsed<T>(long revision, T value) {}

    private final GroupResource resource;
    private final @Nullable String namespace;
    private final Function<ObjectNode, T> parser;
    private final Object token;
    private final Map<Key, Parsed<T>> objects;

    private ParsedObjects(
            GroupResource resource,
            @Nullable String namespace,
            Function<ObjectNode, T> parser,
            Object token,
            Map<Key, Parsed<T>> objects) {
        this.resource = resource;
        this.namespace = namespace;
        this.parser = parser;
        this.token = token;
        this.objects = objects;
    }

    /**
     * Nothing read yet.
     *
     * @param namespace null for all
     */
    public static <T> ParsedObjects<T> none(
            GroupResource resource, @Nullable String namespace, Function<ObjectNode, T> parser) {
        return new ParsedObjects<>(resource, namespace, parser, new Object(), Map.of());
    }

    public boolean isCurrent(ObjectSource source) {
        return token.equals(source.changeToken(resource));
    }

    /** The same instance when nothing changed. */
    public ParsedObjects<T> refreshed(ObjectSource source) {
        // The token is taken before the list: a change in between makes the next reader look again.
        Object now = source.changeToken(resource);
        if (token.equals(now)) {
            return this;
        }
        Collection<? extends ObjectSource.Item> items = source.list(resource, namespace);
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
        return new ParsedObjects<>(resource, namespace, parser, now, next);
    }

    public @Nullable T get(String namespace, String name) {
        Parsed<T> found = objects.get(new Key(namespace, name));
        return found == null ? null : found.value();
    }

    public Iterable<T> values() {
        return () -> objects.values().stream().map(Parsed::value).iterator();
    }
}
