package io.kubespring.apiserver.documents;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an {@code Accept} header asks for, best first, wildcards last; nothing said means anything goes. */
public final class AcceptedTypes {

    private final List<MediaType> types;

    /**
     * @param name "application/json", lower case
     * @param parameters without the quality
     */
    public record MediaType(String name, Map<String, String> parameters, double quality) {

        public String parameter(String key) {
            return parameters.getOrDefault(key, "");
        }

        /** Whether this is that type, or a wildcard that covers it. */
        public boolean covers(String type) {
            return name.equals(type)
                    || name.equals("*/*")
                    || name.endsWith("/*") && type.startsWith(name.substring(0, name.length() - 1));
        }
    }

    private AcceptedTypes(List<MediaType> types) {
        this.types = types;
    }

    public static AcceptedTypes parse(@Nullable String accept) {
        if (accept == null || accept.isBlank()) {
            return new AcceptedTypes(List.of(new MediaType("*/*", Map.of(), 1)));
        }
        List<MediaType> types = new ArrayList<>();
        for (String clause : accept.split(",")) {
            types.add(type(clause));
        }
        types.sort(Comparator.comparingDouble(MediaType::quality)
                .reversed()
                .thenComparing(type -> type.name().startsWith("*"))
                .thenComparing(type -> type.name().endsWith("*")));
        return new AcceptedTypes(List.copyOf(types));
    }

    public List<MediaType> types() {
        return types;
    }

    private static MediaType type(String clause) {
        String[] parts = clause.split(";", -1);
        Map<String, String> parameters = new LinkedHashMap<>();
        double quality = 1;
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 0) {
                continue;
            }
            String key = parts[i].substring(0, equals).strip();
            String value = parts[i].substring(equals + 1).strip();
            if (key.equals("q")) {
                quality = quality(value);
            } else {
                parameters.put(key, value);
            }
        }
        return new MediaType(parts[0].strip().toLowerCase(Locale.ROOT), Map.copyOf(parameters), quality);
    }

    private static double quality(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
