package io.kubespring.api.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Decides by an object's fields ("status.phase!=Running,metadata.name=a"). All requirements must hold. Immutable. */
public final class FieldSelector {

    private static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    private final List<Requirement> requirements;

    /**
     * One condition on one field.
     *
     * @param equal whether the value is asked for, or asked to be another
     */
    public record Requirement(String field, boolean equal, String value) {

        public boolean matches(String actual) {
            return actual.equals(value) == equal;
        }

        @Override
        public String toString() {
            return field + (equal ? "=" : "!=") + escape(value);
        }
    }

    private FieldSelector(List<Requirement> requirements) {
        this.requirements = List.copyOf(requirements);
    }

    public static FieldSelector everything() {
        return EVERYTHING;
    }

    public static FieldSelector of(List<Requirement> requirements) {
        return requirements.isEmpty() ? EVERYTHING : new FieldSelector(requirements);
    }

    /**
     * Reads a query string's {@code fieldSelector}. Backslash escapes itself, a comma and an equals sign in values.
     *
     * @throws IllegalArgumentException with upstream's words
     */
    public static FieldSelector parse(String text) {
        List<Requirement> requirements = new ArrayList<>();
        for (String part : split(text)) {
            if (!part.isEmpty()) {
                requirements.add(requirement(text, part));
            }
        }
        return of(requirements);
    }

    public List<Requirement> requirements() {
        return requirements;
    }

    public boolean isEverything() {
        return requirements.isEmpty();
    }

    /** Whether an object with these selectable fields is meant; a field that is missing is empty. */
    public boolean matches(Map<String, String> fields) {
        for (Requirement each : requirements) {
            if (!each.matches(fields.getOrDefault(each.field(), ""))) {
                return false;
            }
        }
        return true;
    }

    /** In the form that {@link #parse} reads. */
    @Override
    public String toString() {
        return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
    }

    private static Requirement requirement(String selector, String part) {
        for (int i = 0; i < part.length(); i++) {
            if (part.charAt(i) == '\\') {
                i++;
            } else if (part.startsWith("!=", i)) {
                return new Requirement(part.substring(0, i), false, unescape(part.substring(i + 2)));
            } else if (part.charAt(i) == '=') {
                int value = part.startsWith("==", i) ? i + 2 : i + 1;
                return new Requirement(part.substring(0, i), true, unescape(part.substring(value)));
            }
        }
        throw new IllegalArgumentException("invalid selector: '" + selector + "'; can't understand '" + part + "'");
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == ',') {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String unescape(String value) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                char escaped = i + 1 < value.length() ? value.charAt(++i) : '\0';
                if (escaped != '\\' && escaped != ',' && escaped != '=') {
                    throw new IllegalArgumentException(
                            "invalid field selector: invalid escape sequence: \\" + (escaped == '\0' ? "" : escaped));
                }
                plain.append(escaped);
            } else if (c == ',' || c == '=') {
                throw new IllegalArgumentException("invalid field selector: unescaped character in value: " + (int) c);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
    }
}
