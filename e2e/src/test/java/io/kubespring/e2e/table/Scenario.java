package io.kubespring.e2e.table;

import io.kubespring.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/**
 * A few steps in a namespace of their own, one YAML document of the table. Words in braces are variables: {@code {ns}} is
 * the namespace, others were saved by earlier steps.
 *
 * @param file where it stands
 */
record Scenario(String file, String name, List<JsonNode> steps) {

    private static final Set<String> STEP_FIELDS = Set.of(
            "request",
            "headers",
            "body",
            "status",
            "expect",
            "absent",
            "answer-headers",
            "text",
            "save",
            "events",
            "kubectl",
            "input",
            "exit",
            "output",
            "not-output",
            "size");

    /** Every scenario of every file, in order. */
    static List<Scenario> all(Path folder) throws IOException {
        var scenarios = new ArrayList<Scenario>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                for (Object document : new Yaml().loadAll(Files.readString(file))) {
                    scenarios.add(
                            of(file.getFileName().toString(), Json.mapper().valueToTree(document)));
                }
            }
        }
        return scenarios;
    }

    private static Scenario of(String file, JsonNode document) {
        String name = document.path("scenario").asString();
        var steps = new ArrayList<JsonNode>();
        for (JsonNode step : document.path("steps")) {
            var unknown = new LinkedHashSet<>(step.propertyNames());
            unknown.removeAll(STEP_FIELDS);
            if (!unknown.isEmpty() || step.has("request") == step.has("kubectl")) {
                throw new IllegalArgumentException(file + ", " + name + ": a step cannot be read: " + unknown + step);
            }
            steps.add(step);
        }
        if (name.isEmpty() || steps.isEmpty()) {
            throw new IllegalArgumentException(file + " holds a scenario without name or steps");
        }
        return new Scenario(file, name, steps);
    }

    @Override
    public String toString() {
        return file.replace(".yaml", "") + ": " + name;
    }
}
