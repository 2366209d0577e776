package io.kubespring.testing.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Enough of label and field selectors for tests: {@code a=b}, {@code a!=b}, {@code a}, {@code !a}, {@code a in (b,c)}. */
final class Selection {

    private Selection() {}

    static Predicate<JsonNode> labels(@Nullable String selector) {
        return all(
                selector,
                name -> object -> object.path("metadata").path("labels").path(name));
    }

    static Predicate<JsonNode> fields(@Nullable String selector) {
        return all(selector, path -> object -> {
            JsonNode node = object;
            for (String step : path.split("\\.")) {
                node = node.path(step);
            }
            return node;
        });
    }

    private interface Getter {
        JsonNode get(JsonNode object);
    }

    private interface Path {
        Getter at(String name);
    }

    private static Predicate<JsonNode> all(@Nullable String selector, Path path) {
        Predicate<JsonNode> all = object -> true;
        if (selector == null) {
            return all;
        }
        for (String term : split(selector)) {
            all = all.and(term(term.strip(), path));
        }
        return all;
    }

    private static List<String> split(String selector) {
        var terms = new ArrayList<String>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < selector.length(); i++) {
            char c = selector.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                terms.add(selector.substring(start, i));
                start = i + 1;
            }
        }
        terms.add(selector.substring(start));
        return terms;
    }

    private static Predicate<JsonNode> term(String term, Path path) {
        int in = term.indexOf(" in (");
        int notIn = term.indexOf(" notin (");
        if (in > 0 || notIn > 0) {
            int at = Math.max(in, notIn);
            List<String> values = List.of(
                    term.substring(term.indexOf('(') + 1, term.length() - 1).split("\\s*,\\s*"));
            Getter getter = path.at(term.substring(0, at));
            return object -> values.contains(text(getter.get(object))) == (in > 0);
        }
        int differs = term.indexOf("!=");
        if (differs > 0) {
            Getter getter = path.at(term.substring(0, differs));
            return object -> !text(getter.get(object)).equals(term.substring(differs + 2));
        }
        int equals = term.indexOf('=');
        if (equals > 0) {
            Getter getter = path.at(term.substring(0, equals));
            String value = term.substring(term.startsWith("==", equals) ? equals + 2 : equals + 1);
            return object -> text(getter.get(object)).equals(value);
        }
        boolean absent = term.startsWith("!");
        Getter getter = path.at(absent ? term.substring(1) : term);
        return object -> getter.get(object).isMissingNode() == absent;
    }

    private static String text(JsonNode node) {
        return node.asString("");
    }
}
