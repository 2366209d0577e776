package io.kubespring.api.selector;

import io.kubespring.api.names.Names;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One condition on one label. A label that is missing satisfies {@code !=}, {@code notin} and {@code !}.
 *
 * @param values what the operator compares with; sorted for the set operators
 */
public record LabelRequirement(String key, Operator operator, List<String> values) {

    /** What can be asked of a label, with the word that selectors write it by. */
    public enum Operator {
        EQUALS("="),
        DOUBLE_EQUALS("=="),
        NOT_EQUALS("!="),
        IN("in"),
        NOT_IN("notin"),
        EXISTS("exists"),
        DOES_NOT_EXIST("!"),
        GREATER_THAN("gt"),
        LESS_THAN("lt");

        private final String word;

        Operator(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    public LabelRequirement {
        values = List.copyOf(values);
    }

    /**
     * @throws IllegalArgumentException with upstream's words where key or values are invalid
     */
    static LabelRequirement checked(String key, Operator operator, List<String> values) {
        List<String> errors = Names.labelKey(key);
        if (!errors.isEmpty()) {
            throw invalid("<nil>", key, String.join("; ", errors));
        }
        switch (operator) {
            case IN, NOT_IN -> {
                if (values.isEmpty()) {
                    throw new IllegalArgumentException(
                            "values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty");
                }
            }
            case EQUALS, DOUBLE_EQUALS, NOT_EQUALS -> {
                if (values.size() != 1) {
                    throw new IllegalArgumentException("values: Invalid value: " + values
                            + ": exact-match compatibility requires one single value");
                }
            }
            case EXISTS, DOES_NOT_EXIST -> {
                if (!values.isEmpty()) {
                    throw new IllegalArgumentException("values: Invalid value: " + values
                            + ": values set must be empty for exists and does not exist");
                }
            }
            case GREATER_THAN, LESS_THAN -> {
                if (values.size() != 1) {
                    throw new IllegalArgumentException("values: Invalid value: " + values
                            + ": for 'Gt', 'Lt' operators, exactly one value is required");
                }
                if (number(values.getFirst()).isEmpty()) {
                    throw invalid(
                            "values[0]", values.getFirst(), "for 'Gt', 'Lt' operators, the value must be an integer");
                }
            }
        }
        for (int i = 0; i < values.size(); i++) {
            List<String> wrong = Names.labelValue(values.get(i));
            if (!wrong.isEmpty()) {
                throw invalid("values[" + i + "][" + key + "]", values.get(i), String.join("; ", wrong));
            }
        }
        return new LabelRequirement(key, operator, values);
    }

    public boolean matches(Map<String, String> labels) {
        @Nullable String value = labels.get(key);
        return switch (operator) {
            case EQUALS, DOUBLE_EQUALS, IN -> value != null && values.contains(value);
            case NOT_EQUALS, NOT_IN -> value == null || !values.contains(value);
            case EXISTS -> value != null;
            case DOES_NOT_EXIST -> value == null;
            case GREATER_THAN -> value != null && compare(value) > 0;
            case LESS_THAN -> value != null && compare(value) < 0;
        };
    }

    @Override
    public String toString() {
        return switch (operator) {
            case EQUALS, DOUBLE_EQUALS, NOT_EQUALS -> key + operator.word() + values.getFirst();
            case IN, NOT_IN -> key + " " + operator.word() + " (" + String.join(",", values) + ")";
            case EXISTS -> key;
            case DOES_NOT_EXIST -> "!" + key;
            case GREATER_THAN -> key + ">" + values.getFirst();
            case LESS_THAN -> key + "<" + values.getFirst();
        };
    }

    /** Zero, which satisfies neither comparison, where either side is no number. */
    private int compare(String value) {
        OptionalLong left = number(value);
        OptionalLong right = number(values.getFirst());
        return left.isPresent() && right.isPresent() ? Long.compare(left.getAsLong(), right.getAsLong()) : 0;
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static IllegalArgumentException invalid(String field, String value, String message) {
        return new IllegalArgumentException(field + ": Invalid value: \"" + value + "\": " + message);
    }
}
