package io.kubespring.apiserver.cache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a kind a field selector may name besides {@code metadata.name} and {@code metadata.namespace}, and
 * where their values are found in the stored JSON.
 */
public final class SelectableFields {

    /** Only the two that every kind has. */
    public static final SelectableFields NONE = of();

    /**
     * @param name as a selector says it
     * @param path in the stored JSON, by dots
     * @param absent the value where the JSON has none
     */
    public record Field(String name, String path, String absent) {
        public static Field at(String path) {
            return new Field(path, path, "");
        }
    }

    private static final class Step {
        final byte[] name;
        final List<Step> next = new ArrayList<>();
        int field = -1;

        Step(String name) {
            this.name = JsonScanner.nameBytes(name);
        }
    }

    private final List<Field> fields;
    private final Step root = new Step("");

    private SelectableFields(List<Field> fields) {
        this.fields = fields;
        for (int i = 0; i < fields.size(); i++) {
            Step step = root;
            for (String name : fields.get(i).path().split("\\.")) {
                step = stepTo(step, name);
            }
            step.field = i;
        }
    }

    public static SelectableFields of(Field... fields) {
        return new SelectableFields(List.of(fields));
    }

    private static Step stepTo(Step from, String name) {
        byte[] bytes = JsonScanner.nameBytes(name);
        for (Step step : from.next) {
            if (Arrays.equals(step.name, bytes)) {
                return step;
            }
        }
        var step = new Step(name);
        from.next.add(step);
        return step;
    }

    /** Whether a selector may name this field. */
    public boolean supports(String name) {
        return name.equals("metadata.name") || name.equals("metadata.namespace") || placeOf(name) >= 0;
    }

    int placeOf(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    String absent(int place) {
        return fields.get(place).absent();
    }

    /** An array for the values, one place a field. */
    @Nullable
    String[] newValues() {
        return fields.isEmpty() ? NO_VALUES : new @Nullable String[fields.size()];
    }

    private static final @Nullable String[] NO_VALUES = new String[0];

    /** Reads or skips the top-level value that the scanner stands before. */
    void read(JsonScanner scanner, @Nullable String[] values) {
        read(scanner, root, values);
    }

    private static void read(JsonScanner scanner, Step at, @Nullable String[] values) {
        for (Step step : at.next) {
            if (scanner.nameIs(step.name)) {
                readMatched(scanner, step, values);
                return;
            }
        }
        scanner.skipValue();
    }

    private static void readMatched(JsonScanner scanner, Step step, @Nullable String[] values) {
        if (step.field >= 0) {
            values[step.field] = scanner.readScalar();
        } else if (scanner.enterObject()) {
            while (scanner.nextField()) {
                read(scanner, step, values);
            }
        } else {
            scanner.skipValue();
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SelectableFields that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(fields);
    }
}
