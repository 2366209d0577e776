package io.kubespring.api.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one object of a tree, in the order they came. Most objects have a handful, for which two small arrays cost
 * a quarter of a hash map; past {@link #SMALL} it is one. Reading is safe for many threads as long as nobody writes; once
 * {@linkplain #freeze() frozen} nobody can.
 */
final class FieldMap extends AbstractMap<String, JsonNode> {

    private static final int SMALL = 16;
    private static final int FIRST = 4;
    private static final String[] NO_NAMES = {};
    private static final JsonNode[] NO_VALUES = {};

    private String[] names = NO_NAMES;
    private JsonNode[] values = NO_VALUES;
    private int size;
    /** A bit for the hash of every name: most names that are asked for and missing are told by it. */
    private long met;

    private @Nullable LinkedHashMap<String, JsonNode> large;
    private boolean frozen;

    void freeze() {
        frozen = true;
    }

    /** Whether {@link #name} and {@link #value} do not work. */
    boolean isLarge() {
        return large != null;
    }

    String name(int place) {
        return names[place];
    }

    JsonNode value(int place) {
        return values[place];
    }

    private int find(Object name) {
        int hash = name.hashCode();
        if ((met & 1L << hash) == 0) {
            return -1;
        }
        for (int i = 0; i < size; i++) {
            if (names[i] == name) {
                return i;
            }
        }
        for (int i = 0; i < size; i++) {
            String each = names[i];
            if (each.hashCode() == hash && each.equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private void requireMutable() {
        if (frozen) {
            throw new UnsupportedOperationException("a shared part of a tree cannot be changed");
        }
    }

    @Override
    public int size() {
        return large == null ? size : large.size();
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public @Nullable JsonNode get(@Nullable Object name) {
        if (large != null) {
            return large.get(name);
        }
        int at = name == null ? -1 : find(name);
        return at < 0 ? null : values[at];
    }

    @Override
    public @Nullable JsonNode put(String name, JsonNode value) {
        requireMutable();
        if (large != null) {
            return large.put(name, value);
        }
        int at = find(name);
        if (at >= 0) {
            JsonNode previous = values[at];
            values[at] = value;
            return previous;
        }
        append(name, value);
        return null;
    }

    /** Adds a field that is known not to be there. */
    private void append(String name, JsonNode value) {
        if (size == SMALL) {
            var all = LinkedHashMap.<String, JsonNode>newLinkedHashMap(SMALL * 2);
            for (int i = 0; i < size; i++) {
                all.put(names[i], values[i]);
            }
            all.put(name, value);
            large = all;
            names = NO_NAMES;
            values = NO_VALUES;
            size = 0;
            return;
        }
        if (size == names.length) {
            int capacity = size == 0 ? FIRST : size * 2;
            names = Arrays.copyOf(names, capacity);
            values = Arrays.copyOf(values, capacity);
        }
        met |= 1L << name.hashCode();
        names[size] = name;
        values[size++] = value;
    }

    @Override
    public @Nullable JsonNode remove(@Nullable Object name) {
        requireMutable();
        if (large != null) {
            return large.remove(name);
        }
        int at = name == null ? -1 : find(name);
        return at < 0 ? null : removeAt(at);
    }

    private JsonNode removeAt(int at) {
        JsonNode removed = values[at];
        size--;
        System.arraycopy(names, at + 1, names, at, size - at);
        System.arraycopy(values, at + 1, values, at, size - at);
        if (size == 0) {
            met = 0;
        }
        return removed;
    }

    @Override
    public void clear() {
        requireMutable();
        large = null;
        names = NO_NAMES;
        values = NO_VALUES;
        size = 0;
        met = 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            return true;
        }
        if (!(other instanceof Map<?, ?> map) || map.size() != size()) {
            return false;
        }
        if (large != null) {
            return large.equals(map);
        }
        for (int i = 0; i < size; i++) {
            if (!values[i].equals(map.get(names[i]))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    @Override
    public Set<Entry<String, JsonNode>> entrySet() {
        return large != null && !frozen ? large.entrySet() : new Entries();
    }

    private final class Entries extends AbstractSet<Entry<String, JsonNode>> {
        @Override
        public int size() {
            return FieldMap.this.size();
        }

        @Override
        public Iterator<Entry<String, JsonNode>> iterator() {
            LinkedHashMap<String, JsonNode> frozenLarge = large;
            return frozenLarge == null
                    ? new Cursor()
                    : java.util.Collections.unmodifiableMap(frozenLarge)
                            .entrySet()
                            .iterator();
        }
    }

    private final class Cursor implements Iterator<Entry<String, JsonNode>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < size;
        }

        @Override
        public Entry<String, JsonNode> next() {
            if (next >= size) {
                throw new NoSuchElementException();
            }
            return new Field(next++);
        }

        @Override
        public void remove() {
            requireMutable();
            removeAt(--next);
        }
    }

    private final class Field implements Entry<String, JsonNode> {
        private final int at;
        private final String name;
        private JsonNode value;

        Field(int at) {
            this.at = at;
            this.name = names[at];
            this.value = values[at];
        }

        @Override
        public String getKey() {
            return name;
        }

        @Override
        public JsonNode getValue() {
            return value;
        }

        @Override
        public JsonNode setValue(JsonNode replacement) {
            requireMutable();
            JsonNode previous = value;
            if (at < size && names[at] == name) {
                values[at] = replacement;
            } else {
                put(name, replacement);
            }
            value = replacement;
            return previous;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Entry<?, ?> entry && name.equals(entry.getKey()) && value.equals(entry.getValue());
        }

        @Override
        public int hashCode() {
            return name.hashCode() ^ value.hashCode();
        }

        @Override
        public String toString() {
            return name + "=" + value;
        }
    }
}
