package io.kubespring.api.selector;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Decides by labels. All requirements must hold; without any, everything matches. Immutable. */
public final class LabelSelector {

    private static final LabelSelector EVERYTHING = new LabelSelector(List.of(), false);
    private static final LabelSelector NOTHING = new LabelSelector(List.of(), true);

    private final List<LabelRequirement> requirements;
    private final boolean never;

    private LabelSelector(List<LabelRequirement> requirements, boolean never) {
        this.requirements = List.copyOf(requirements);
        this.never = never;
    }

    public static LabelSelector everything() {
        return EVERYTHING;
    }

    public static LabelSelector nothing() {
        return NOTHING;
    }

    /**
     * Reads a query string's {@code labelSelector}: "app=web,tier in (a,b),!canary".
     *
     * @throws IllegalArgumentException with upstream's words
     */
    public static LabelSelector parse(String text) {
        return text.isEmpty() ? EVERYTHING : ofRequirements(new LabelSelectorParser(text).parse());
    }

    static LabelSelector ofRequirements(List<LabelRequirement> requirements) {
        if (requirements.isEmpty()) {
            return EVERYTHING;
        }
        List<LabelRequirement> sorted = new ArrayList<>(requirements);
        sorted.sort(Comparator.comparing(LabelRequirement::key));
        return new LabelSelector(sorted, false);
    }

    /** Exactly these labels, as a Service's selector has them; an empty map matches everything. */
    public static LabelSelector ofLabels(Map<String, String> labels) {
        List<LabelRequirement> requirements = new ArrayList<>();
        new TreeMap<>(labels)
                .forEach((key, value) ->
                        requirements.add(new LabelRequirement(key, LabelRequirement.Operator.EQUALS, List.of(value))));
        return ofRequirements(requirements);
    }

    /**
     * Reads an object's selector with {@code matchLabels} and {@code matchExpressions}. None (null) matches nothing, an
     * empty one everything.
     *
     * @throws IllegalArgumentException where an operator or its values are invalid
     */
    public static LabelSelector of(@Nullable ObjectNode selector) {
        if (selector == null) {
            return NOTHING;
        }
        List<LabelRequirement> requirements = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : selector.path("matchLabels").properties()) {
            requirements.add(LabelRequirement.checked(
                    each.getKey(),
                    LabelRequirement.Operator.EQUALS,
                    List.of(each.getValue().asString(""))));
        }
        for (JsonNode each : selector.path("matchExpressions")) {
            List<String> values =
                    each.path("values").valueStream().map(JsonNode::asString).toList();
            requirements.add(LabelRequirement.checked(
                    each.path("key").asString(""),
                    operator(each.path("operator").asString("")),
                    List.copyOf(new TreeSet<>(values))));
        }
        return ofRequirements(requirements);
    }

    public List<LabelRequirement> requirements() {
        return requirements;
    }

    /** Whether nothing is asked for, so that every object matches. */
    public boolean isEverything() {
        return requirements.isEmpty() && !never;
    }

    public boolean matches(Map<String, String> labels) {
        if (never) {
            return false;
        }
        for (LabelRequirement each : requirements) {
            if (!each.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** In the form that {@link #parse} reads. */
    @Override
    public String toString() {
        return requirements.stream().map(LabelRequirement::toString).collect(Collectors.joining(","));
    }

    private static LabelRequirement.Operator operator(String name) {
        return switch (name) {
            case "In" -> LabelRequirement.Operator.IN;
            case "NotIn" -> LabelRequirement.Operator.NOT_IN;
            case "Exists" -> LabelRequirement.Operator.EXISTS;
            case "DoesNotExist" -> LabelRequirement.Operator.DOES_NOT_EXIST;
            default -> throw new IllegalArgumentException("\"" + name + "\" is not a valid label selector operator");
        };
    }
}
