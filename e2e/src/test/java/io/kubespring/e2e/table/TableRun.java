package io.kubespring.e2e.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import io.kubespring.e2e.Shell;
import io.kubespring.e2e.store.RawApi;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Plays one scenario against one API server. */
final class TableRun {

    private final RawApi api;
    private final Path kubeconfig;
    private final Variables variables = new Variables();
    private final Expectations expectations = new Expectations(variables);

    TableRun(RawApi api, Path kubeconfig) {
        this.api = api;
        this.kubeconfig = kubeconfig;
    }

    void play(Scenario scenario, String namespace) throws IOException, InterruptedException {
        variables.set("ns", namespace);
        api.json("POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + namespace + "\"}}");
        int number = 0;
        for (JsonNode step : scenario.steps()) {
            String title = "step " + ++number + ", "
                    + step.path("request").asString(step.path("kubectl").asString());
            if (step.has("kubectl")) {
                kubectl(title, step);
            } else if (step.has("events")) {
                watch(title, step);
            } else {
                request(title, step);
            }
        }
        api.json("DELETE", "/api/v1/namespaces/" + namespace, "");
    }

    private void kubectl(String title, JsonNode step) {
        var command = new ArrayList<>(List.of(
                System.getenv().getOrDefault("KUBECTL", "kubectl"),
                "--kubeconfig",
                kubeconfig.toString(),
                "--cache-dir",
                kubeconfig.resolveSibling("kubectl-cache").toString(),
                "-n",
                variables.fill("{ns}")));
        command.addAll(List.of(variables.fill(step.path("kubectl").asString()).split(" ")));
        String input = step.has("input") ? text(step.path("input")) : "";
        var result = Shell.run(Path.of("/"), input, command);
        assertThat(result.exit())
                .as(title + ": " + result.output())
                .isEqualTo(step.path("exit").asInt(0));
        if (step.has("output")) {
            expectations.text(title, result.output(), step.path("output").asString());
        }
        if (step.has("not-output")) {
            assertThat(result.output())
                    .as(title)
                    .doesNotContain(variables.fill(step.path("not-output").asString()));
        }
    }

    private void request(String title, JsonNode step) throws IOException, InterruptedException {
        String[] words = variables.fill(step.path("request").asString()).split(" ", 2);
        String body = step.has("body") ? text(step.path("body")) : "";
        HttpResponse<String> answer = api.send(words[0], words[1], body, headers(step, body));
        assertThat(answer.statusCode())
                .as(title + ": " + answer.body())
                .isEqualTo(step.path("status").asInt(200));
        for (Map.Entry<String, JsonNode> header : step.path("answer-headers").properties()) {
            expectations.text(
                    title + " " + header.getKey(),
                    String.join(", ", answer.headers().allValues(header.getKey())),
                    header.getValue().asString());
        }
        if (step.has("text")) {
            expectations.text(title, answer.body(), step.path("text").asString());
        }
        if (step.has("expect") || step.has("absent") || step.has("save") || step.has("size")) {
            JsonNode json = Json.mapper().readTree(answer.body());
            expectations.check(title, json, step.path("expect"));
            expectations.absent(title, json, step.path("absent"));
            for (Map.Entry<String, JsonNode> size : step.path("size").properties()) {
                assertThat(json.at(size.getKey()).size())
                        .as(title + " size of " + size.getKey() + " in " + json)
                        .isEqualTo(size.getValue().asInt());
            }
            for (Map.Entry<String, JsonNode> save : step.path("save").properties()) {
                variables.set(save.getKey(), json.at(save.getValue().asString()).asString());
            }
        }
    }

    private String[] headers(JsonNode step, String body) {
        var headers = new ArrayList<String>();
        if (!body.isEmpty() && !step.path("headers").has("Content-Type")) {
            headers.addAll(List.of("Content-Type", "application/json"));
        }
        for (Map.Entry<String, JsonNode> header : step.path("headers").properties()) {
            headers.addAll(List.of(header.getKey(), header.getValue().asString()));
        }
        return headers.toArray(String[]::new);
    }

    private String text(JsonNode body) {
        return variables.fill(body.isString() ? body.asString() : body.toString());
    }

    /** As many events as are expected, in their order; with {@code timeoutSeconds} in the path, all there are. */
    private void watch(String title, JsonNode step) throws IOException, InterruptedException {
        String path = variables.fill(step.path("request").asString()).split(" ", 2)[1];
        var answer = api.stream(path);
        assertThat(answer.statusCode()).as(title).isEqualTo(step.path("status").asInt(200));
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            int number = 0;
            for (JsonNode expected : step.path("events")) {
                String line = lines.readLine();
                assertThat(line).as(title + ", event " + ++number).isNotNull();
                expectations.check(title + ", event " + number, Json.mapper().readTree(line), expected);
            }
            if (path.contains("timeoutSeconds=")) {
                assertThat(lines.readLine()).as(title + " has no further event").isNull();
            }
        }
    }
}
