package io.kubespring.apiserver.request;

import io.kubespring.api.error.StatusException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A decoded query string, with upstream's reading of booleans and numbers. Immutable. */
public final class QueryParameters {

    public static final QueryParameters EMPTY = new QueryParameters(Map.of());

    private final Map<String, List<String>> values;

    private QueryParameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /** @throws StatusException 400 for a malformed escape */
    public static QueryParameters parse(@Nullable String rawQuery) {
        if (rawQuery == null || rawQuery.isEmpty()) {
            return EMPTY;
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : rawQuery.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = PercentEncoding.decodeQuery(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : PercentEncoding.decodeQuery(pair.substring(equals + 1));
            values.computeIfAbsent(name, unused -> new ArrayList<>(1)).add(value);
        }
        return new QueryParameters(values);
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public @Nullable String first(String name) {
        List<String> found = values.get(name);
        return found == null ? null : found.getFirst();
    }

    public String firstOr(String name, String absent) {
        String found = first(name);
        return found == null ? absent : found;
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** True when present, unless it says "false" or "0". */
    public boolean flag(String name) {
        String found = first(name);
        return found != null
                && !found.equals("0")
                && !found.toLowerCase(Locale.ROOT).equals("false");
    }

    /** Null when absent. */
    public @Nullable Boolean optionalFlag(String name) {
        return has(name) ? flag(name) : null;
    }

    /** @throws StatusException 400 where it is no number */
    public @Nullable Long number(String name) {
        String found = first(name);
        if (found == null) {
            return null;
        }
        try {
            return Long.valueOf(found);
        } catch (NumberFormatException notANumber) {
            String why = found.matches("[+-]?[0-9]+") ? "value out of range" : "invalid syntax";
            throw StatusException.badRequest("strconv.ParseInt: parsing \"" + found + "\": " + why);
        }
    }
}
