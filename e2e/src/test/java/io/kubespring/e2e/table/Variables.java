package io.kubespring.e2e.table;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands for the words in braces. Braces around anything else, as in JSON, stay. */
final class Variables {

    private static final Pattern REFERENCE = Pattern.compile("\\{([a-z][a-z0-9]*)([+-]\\d+)?}");

    private final Map<String, String> values = new HashMap<>();

    void set(String name, String value) {
        values.put(name, value);
    }

    /** {@code {rv+1000}} is a saved number and 1000. */
    String fill(String text) {
        return REFERENCE.matcher(text).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                return Matcher.quoteReplacement(found.group());
            }
            return Matcher.quoteReplacement(
                    found.group(2) == null
                            ? value
                            : Long.toString(Long.parseLong(value) + Long.parseLong(found.group(2))));
        });
    }
}
