package io.kubespring.kinds.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.kubespring.api.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Refusals as a table: a line a case, what is changed in a valid object, and everything it is told.
 *
 * <pre>
 * /spec/replicas = -1                          => spec.replicas: Invalid value: -1: must be …
 * /spec/a = {"b":1} &amp;&amp; /spec/c = null         => first error | second error
 *     continued on a line that is indented
 * /spec/replicas = 3                           => fine
 * </pre>
 *
 * <p>Spaces count once, and {@code \n} is a line's end. Left of the arrow: JSON pointers and values; null removes, an index one past the end of a list appends. A line that
 * starts with {@code #} says what follows.
 */
final class RefusalTable {

    private final ValidationKit kit;
    private final String valid;

    RefusalTable(String apiVersion, String kind, String valid) {
        this.kit = new ValidationKit(apiVersion, kind);
        this.valid = valid;
    }

    /** New objects. */
    Stream<DynamicTest> create(String table) {
        return cases(table)
                .map(each -> dynamicTest(each, () -> {
                    ObjectNode object = kit.object(valid);
                    change(object, left(each));
                    assertThat(squeezed(kit.createObject(object))).containsExactlyElementsOf(right(each));
                }));
    }

    /** Changes of the object. */
    Stream<DynamicTest> update(String table) {
        return update("", table);
    }

    Stream<DynamicTest> update(String subresource, String table) {
        return cases(table)
                .map(each -> dynamicTest(each, () -> {
                    ObjectNode current = kit.object(valid);
                    ObjectNode next = current.deepCopy();
                    change(next, left(each));
                    assertThat(squeezed(kit.updateObject(subresource, current, next)))
                            .containsExactlyElementsOf(right(each));
                }));
    }

    private static Stream<String> cases(String table) {
        List<String> cases = new ArrayList<>();
        for (String line : table.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (Character.isWhitespace(line.charAt(0))) {
                cases.set(cases.size() - 1, cases.getLast() + " " + line.strip());
            } else {
                cases.add(line.strip());
            }
        }
        return cases.stream();
    }

    private static List<String> squeezed(List<String> errors) {
        return errors.stream().map(each -> each.replaceAll(" +", " ")).toList();
    }

    private static String left(String line) {
        return line.substring(0, line.indexOf("=>"));
    }

    private static List<String> right(String line) {
        String errors = line.substring(line.indexOf("=>") + 2).strip();
        return errors.equals("fine")
                ? List.of()
                : Arrays.stream(errors.split(" \\| "))
                        .map(each -> each.replaceAll(" +", " ").replace("\\n", "\n"))
                        .toList();
    }

    private static void change(ObjectNode object, String changes) {
        for (String each : changes.split("&&")) {
            int equals = each.indexOf('=');
            set(
                    object,
                    each.substring(0, equals).strip(),
                    Json.read(each.substring(equals + 1).strip()));
        }
    }

    private static void set(ObjectNode root, String pointer, JsonNode value) {
        String[] steps = pointer.substring(1).split("/", -1);
        JsonNode at = root;
        for (int i = 0; i < steps.length - 1; i++) {
            at = step(at, unescape(steps[i]), steps[i + 1].matches("\\d+"));
        }
        String last = unescape(steps[steps.length - 1]);
        switch (at) {
            case ObjectNode parent when value.isNull() -> parent.remove(last);
            case ObjectNode parent -> parent.set(last, value);
            case ArrayNode list when value.isNull() -> list.remove(Integer.parseInt(last));
            case ArrayNode list when list.size() == Integer.parseInt(last) -> list.add(value);
            case ArrayNode list -> list.set(Integer.parseInt(last), value);
            default -> throw new IllegalArgumentException(pointer);
        }
    }

    private static JsonNode step(JsonNode at, String step, boolean list) {
        JsonNode found = at instanceof ArrayNode array ? array.path(Integer.parseInt(step)) : at.path(step);
        if (found.isContainer()) {
            return found;
        }
        JsonNode made = list ? Json.mapper().createArrayNode() : Json.object();
        if (at instanceof ArrayNode array) {
            array.add(made);
        } else {
            ((ObjectNode) at).set(step, made);
        }
        return made;
    }

    private static String unescape(String step) {
        return step.replace("~1", "/").replace("~0", "~");
    }
}
