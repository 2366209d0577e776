package io.kubespring.api.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A structural schema: what one value may look like, how lists merge, what is defaulted. Immutable once built; may be
 * recursive (a property of type JSONSchemaProps), therefore children are reached through {@link #properties},
 * {@link #items} and {@link #additionalProperties} and never copied or printed whole.
 *
 * <p>Follows the structural-schema rules of CustomResourceDefinition and the {@code x-kubernetes-*} extensions.
 */
public final class Schema {

    /** JSON types; {@link #ANY} accepts every value (RawExtension, JSON). */
    public enum Type {
        OBJECT,
        ARRAY,
        STRING,
        INTEGER,
        NUMBER,
        BOOLEAN,
        ANY
    }

    /** How server-side apply treats a list. Absent means {@link #ATOMIC}. */
    public enum ListType {
        ATOMIC,
        SET,
        MAP
    }

    /** How server-side apply treats an object. */
    public enum MapType {
        GRANULAR,
        ATOMIC
    }

    /** A directive of strategic merge patch; a field may carry several. */
    public enum PatchStrategy {
        MERGE,
        REPLACE,
        RETAIN_KEYS
    }

    private final String name;
    private final String simpleName;
    private final Type type;
    private final String format;
    private final Map<String, Supplier<Schema>> properties;
    private final @Nullable Supplier<Schema> additionalProperties;
    private final @Nullable Supplier<Schema> items;
    private final Set<String> required;
    private final @Nullable JsonNode defaultValue;
    private final List<JsonNode> enumValues;
    private final ListType listType;
    private final List<String> mapKeys;
    private final MapType mapType;
    private final Set<PatchStrategy> patchStrategies;
    private final @Nullable String patchMergeKey;
    private final boolean intOrString;
    private final boolean preserveUnknown;
    private final boolean embeddedResource;
    private final boolean nullable;
    private final Set<String> omittedWhereEmpty;
    private volatile @Nullable List<String> defaulted;
    private volatile @Nullable Boolean defaultsBelow;

    private Schema(Builder builder) {
        name = builder.name;
        simpleName = name.substring(name.lastIndexOf('.') + 1);
        type = builder.type;
        format = builder.format;
        properties = new LinkedHashMap<>(builder.properties);
        additionalProperties = builder.additionalProperties;
        items = builder.items;
        required = new LinkedHashSet<>(builder.required);
        defaultValue = builder.defaultValue;
        enumValues = List.copyOf(builder.enumValues);
        listType = builder.listType;
        mapKeys = List.copyOf(builder.mapKeys);
        mapType = builder.mapType;
        patchStrategies = Set.copyOf(builder.patchStrategies);
        patchMergeKey = builder.patchMergeKey;
        intOrString = builder.intOrString;
        preserveUnknown = builder.preserveUnknown;
        embeddedResource = builder.embeddedResource;
        nullable = builder.nullable;
        omittedWhereEmpty = Set.copyOf(builder.omittedWhereEmpty);
    }

    public static Builder builder(Type type) {
        return new Builder(type);
    }

    /** The definition's name ("io.k8s.api.core.v1.PodSpec"), empty for an anonymous schema. */
    public String name() {
        return name;
    }

    /** The last part of {@link #name} ("PodSpec"). */
    public String simpleName() {
        return simpleName;
    }

    public Type type() {
        return type;
    }

    /**
     * Whether nothing, not even an empty value, is written for a field that holds an empty text, list or map, zero or
     * false: Go's {@code omitempty}.
     */
    public boolean omitsWhereEmpty(String field) {
        return omittedWhereEmpty.contains(field);
    }

    /** "int32", "date-time", "byte", …; empty if none. */
    public String format() {
        return format;
    }

    /** Names of the declared properties, in declaration order. */
    public Set<String> propertyNames() {
        return properties.keySet();
    }

    /** The schema of a declared property, or null if it is not declared. */
    public @Nullable Schema property(String property) {
        Supplier<Schema> found = properties.get(property);
        return found == null ? null : found.get();
    }

    /** The schema of every value of a map, or null where this is no map. */
    public @Nullable Schema additionalProperties() {
        return additionalProperties == null ? null : additionalProperties.get();
    }

    /** The schema of a child by name: a declared property, else a map's value, else null. */
    public @Nullable Schema child(String field) {
        Schema declared = property(field);
        return declared != null ? declared : additionalProperties();
    }

    /** The schema of a list's items, or null where this is no list. */
    public @Nullable Schema items() {
        return items == null ? null : items.get();
    }

    public Set<String> required() {
        return required;
    }

    public @Nullable JsonNode defaultValue() {
        return defaultValue;
    }

    /** The declared properties that have a default, in declaration order: few, and most schemas have none. */
    public List<String> defaultedProperties() {
        List<String> known = defaulted;
        if (known == null) {
            known = properties.keySet().stream()
                    .filter(each -> {
                        Schema property = property(each);
                        return property != null && property.defaultValue() != null;
                    })
                    .toList();
            defaulted = known;
        }
        return known;
    }

    /** Whether anything in here or below has a default; where nothing has, nobody needs to look. */
    public boolean defaultsBelow() {
        Boolean known = defaultsBelow;
        if (known == null) {
            known = searchDefaults(Collections.newSetFromMap(new IdentityHashMap<>()));
            defaultsBelow = known;
        }
        return known;
    }

    private boolean searchDefaults(Set<Schema> visited) {
        if (!visited.add(this)) {
            return false;
        }
        if (!defaultedProperties().isEmpty()) {
            return true;
        }
        for (String each : properties.keySet()) {
            Schema property = property(each);
            if (property != null && property.searchDefaults(visited)) {
                return true;
            }
        }
        Schema values = additionalProperties();
        Schema element = items();
        return values != null && values.searchDefaults(visited) || element != null && element.searchDefaults(visited);
    }

    public List<JsonNode> enumValues() {
        return enumValues;
    }

    public ListType listType() {
        return listType;
    }

    /** The keys that identify an item of a {@link ListType#MAP} list. */
    public List<String> mapKeys() {
        return mapKeys;
    }

    public MapType mapType() {
        return mapType;
    }

    public Set<PatchStrategy> patchStrategies() {
        return patchStrategies;
    }

    /** The key that strategic merge patch merges list items by, or null. */
    public @Nullable String patchMergeKey() {
        return patchMergeKey;
    }

    public boolean intOrString() {
        return intOrString;
    }

    /** Whether unknown fields below are kept. */
    public boolean preserveUnknown() {
        return preserveUnknown;
    }

    /** Whether the value is itself an object with apiVersion, kind and metadata. */
    public boolean embeddedResource() {
        return embeddedResource;
    }

    public boolean nullable() {
        return nullable;
    }

    @Override
    public String toString() {
        return name.isEmpty() ? type.toString() : name;
    }

    /** Collects the parts of a {@link Schema}. */
    public static final class Builder {
        private final Type type;
        private String name = "";
        private String format = "";
        private final Map<String, Supplier<Schema>> properties = new LinkedHashMap<>();
        private @Nullable Supplier<Schema> additionalProperties;
        private @Nullable Supplier<Schema> items;
        private final Set<String> required = new LinkedHashSet<>();
        private @Nullable JsonNode defaultValue;
        private final List<JsonNode> enumValues = new ArrayList<>();
        private ListType listType = ListType.ATOMIC;
        private final List<String> mapKeys = new ArrayList<>();
        private MapType mapType = MapType.GRANULAR;
        private final Set<PatchStrategy> patchStrategies = new LinkedHashSet<>();
        private @Nullable String patchMergeKey;
        private final Set<String> omittedWhereEmpty = new LinkedHashSet<>();
        private boolean intOrString;
        private boolean preserveUnknown;
        private boolean embeddedResource;
        private boolean nullable;

        private Builder(Type type) {
            this.type = type;
        }

        public Builder name(String value) {
            name = value;
            return this;
        }

        public Builder format(String value) {
            format = value;
            return this;
        }

        public Builder property(String property, Schema schema) {
            return property(property, () -> schema);
        }

        /** A property whose schema is resolved when first asked for: the way to recursion. */
        public Builder property(String property, Supplier<Schema> schema) {
            properties.put(property, schema);
            return this;
        }

        public Builder additionalProperties(Supplier<Schema> schema) {
            additionalProperties = schema;
            return this;
        }

        public Builder items(Supplier<Schema> schema) {
            items = schema;
            return this;
        }

        public Builder required(String... fields) {
            required.addAll(List.of(fields));
            return this;
        }

        public Builder defaultValue(JsonNode value) {
            defaultValue = value;
            return this;
        }

        public Builder enumValues(List<JsonNode> values) {
            enumValues.addAll(values);
            return this;
        }

        public Builder listType(ListType value, String... keys) {
            listType = value;
            mapKeys.addAll(List.of(keys));
            return this;
        }

        public Builder mapType(MapType value) {
            mapType = value;
            return this;
        }

        public Builder patch(@Nullable String mergeKey, PatchStrategy... strategies) {
            patchMergeKey = mergeKey;
            patchStrategies.addAll(List.of(strategies));
            return this;
        }

        public Builder intOrString() {
            intOrString = true;
            return this;
        }

        public Builder preserveUnknown() {
            preserveUnknown = true;
            return this;
        }

        public Builder embeddedResource() {
            embeddedResource = true;
            return this;
        }

        public Builder nullable() {
            nullable = true;
            return this;
        }

        /** See {@link Schema#omitsWhereEmpty}. */
        Builder omittedWhereEmpty(List<String> fields) {
            omittedWhereEmpty.addAll(fields);
            return this;
        }

        public Schema build() {
            return new Schema(this);
        }
    }
}
