package io.kubespring.apiserver.features;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which features are on. */
public final class FeatureGates {

    public static final FeatureGates DEFAULTS = new FeatureGates(Map.of());

    private final Map<FeatureGate, Boolean> told = new EnumMap<>(FeatureGate.class);

    private FeatureGates(Map<FeatureGate, Boolean> told) {
        this.told.putAll(told);
    }

    /**
     * @param settings "CBORServingAndStorage=true", …
     * @throws IllegalArgumentException for an unknown feature, or a value that is neither true nor false
     */
    public static FeatureGates parse(List<String> settings) {
        Map<FeatureGate, Boolean> told = new EnumMap<>(FeatureGate.class);
        for (String each : settings) {
            int equals = each.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("feature-gates: missing bool value for " + each);
            }
            told.put(
                    gate(each.substring(0, equals).strip()),
                    flag(each, each.substring(equals + 1).strip()));
        }
        return new FeatureGates(told);
    }

    public boolean enabled(FeatureGate gate) {
        return told.getOrDefault(gate, gate.enabledByDefault());
    }

    private static FeatureGate gate(String name) {
        for (FeatureGate each : FeatureGate.values()) {
            if (each.text().equals(name)) {
                return each;
            }
        }
        throw new IllegalArgumentException("feature-gates: unrecognized feature gate: " + name);
    }

    private static boolean flag(String setting, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("feature-gates: invalid value of " + setting);
        };
    }
}
