package io.kubespring.e2e.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a table says about a text or a value: {@code ~…} is a pattern that is found in it, {@code *} anything that is
 * there, everything else is meant literally.
 */
final class Expectations {

    private final Variables variables;

    Expectations(Variables variables) {
        this.variables = variables;
    }

    /** @param pointers JSON pointer to expectation */
    void check(String step, JsonNode answer, JsonNode pointers) {
        for (Map.Entry<String, JsonNode> each : pointers.properties()) {
            value(step + " " + each.getKey(), answer.at(variables.fill(each.getKey())), each.getValue(), answer);
        }
    }

    private void value(String what, JsonNode actual, JsonNode expected, JsonNode whole) {
        if (expected.isString() && expected.asString().equals("*")) {
            assertThat(actual.isMissingNode())
                    .as(what + " is there, in " + whole)
                    .isFalse();
        } else if (expected.isString()) {
            String text =
                    actual.isString() ? actual.asString() : actual.isMissingNode() ? "(missing)" : actual.toString();
            text(what + " of " + brief(whole), text, expected.asString());
        } else {
            assertThat(actual)
                    .as(what + " of " + brief(whole))
                    .isEqualTo(Json.mapper().readTree(variables.fill(expected.toString())));
        }
    }

    private static String brief(JsonNode whole) {
        String text = whole.toString();
        return text.length() < 1_500 ? text : text.substring(0, 1_500) + "…";
    }

    void text(String what, String actual, String expected) {
        String wanted = variables.fill(expected);
        if (wanted.equals("*")) {
            assertThat(actual).as(what).isNotEmpty();
        } else if (wanted.startsWith("~")) {
            assertThat(Pattern.compile(wanted.substring(1), Pattern.DOTALL)
                            .matcher(actual)
                            .find())
                    .as(what + ": " + actual + " matches " + wanted)
                    .isTrue();
        } else {
            assertThat(actual.strip()).as(what).isEqualTo(wanted.strip());
        }
    }

    void absent(String step, JsonNode answer, JsonNode pointers) {
        for (JsonNode pointer : pointers) {
            assertThat(answer.at(variables.fill(pointer.asString())).isMissingNode())
                    .as(step + ": " + pointer.asString() + " is not there, in " + answer)
                    .isTrue();
        }
    }
}
