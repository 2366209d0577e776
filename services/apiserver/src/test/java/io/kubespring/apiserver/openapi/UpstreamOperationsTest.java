package io.kubespring.apiserver.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.features.FeatureGates;
import io.kubespring.apiserver.request.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Every path and operation of our documents is upstream's: name, tag, action, kind, bodies, codes, parameters and media
 * types, with all features of 1.36 on that we have. The generator beside the tests says how the facts are written.
 */
class UpstreamOperationsTest {

    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "options", "head", "patch");

    @AutoClose
    private static final TestServer server = new TestServer(
            ApiServerConfig.open().withFeatures(FeatureGates.parse(List.of("CBORServingAndStorage=true"))));

    @Test
    void versionTwoDescribesUpstreamsOperations() throws IOException {
        JsonNode document = read("/openapi/v2");
        List<String> ours = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> METHODS.stream()
                        .filter(path.getValue()::has)
                        .map(method -> v2(document, path.getKey(), method, path.getValue()))
                        .forEach(ours::add));
        assertThat(ours).containsExactlyElementsOf(upstream());
    }

    @Test
    void versionThreeDescribesTheSameOperationsGroupByGroup() throws IOException {
        List<String> ours = new ArrayList<>();
        read("/openapi/v3").path("paths").forEach(each -> {
            String location = each.path("serverRelativeURL").asString();
            JsonNode document = read(location.substring(0, location.indexOf('?')));
            document.path("paths")
                    .properties()
                    .forEach(path -> METHODS.stream()
                            .filter(path.getValue()::has)
                            .map(method -> v3(path.getKey(), method, path.getValue()))
                            .forEach(ours::add));
        });
        List<String> withoutConsumed = upstream().stream()
                .map(each -> each.contains(" patch ") ? each : each.replaceAll(" [^ ]+ ([^ ]+)$", " - $1"))
                .toList();
        assertThat(ours).containsExactlyInAnyOrderElementsOf(withoutConsumed);
    }

    private static String v2(JsonNode document, String path, String method, JsonNode item) {
        JsonNode operation = item.path(method);
        Set<String> names = new TreeSet<>();
        String body = "-";
        for (JsonNode parameters : List.of(item.path("parameters"), operation.path("parameters"))) {
            for (JsonNode each : parameters) {
                String reference = each.path("$ref").asString("");
                JsonNode parameter = reference.isEmpty() ? each : document.at(reference.substring(1));
                names.add(parameter.path("name").asString() + ":"
                        + parameter.path("in").asString().charAt(0));
                if (parameter.path("in").asString().equals("body")) {
                    body = definition(parameter.path("schema"));
                }
            }
        }
        return line(
                path,
                method,
                operation,
                body,
                definition(operation.at("/responses/200/schema")),
                names,
                texts(operation.path("consumes")),
                texts(operation.path("produces")));
    }

    private static String v3(String path, String method, JsonNode item) {
        JsonNode operation = item.path(method);
        Set<String> names = new TreeSet<>();
        for (JsonNode parameters : List.of(item.path("parameters"), operation.path("parameters"))) {
            for (JsonNode each : parameters) {
                names.add(each.path("name").asString() + ":"
                        + each.path("in").asString().charAt(0));
            }
        }
        JsonNode request = operation.at("/requestBody/content");
        String body = "-";
        if (!request.isEmpty()) {
            names.add("body:b");
            body = definition(request.iterator().next().path("schema"));
        }
        JsonNode answer = operation.at("/responses/200/content");
        return line(
                path,
                method,
                operation,
                body,
                definition(answer.iterator().next().path("schema")),
                names,
                method.equals("patch") && !request.isEmpty() ? String.join(",", request.propertyNames()) : "-",
                String.join(",", answer.propertyNames()));
    }

    private static String line(
            String path,
            String method,
            JsonNode operation,
            String body,
            String answer,
            Set<String> parameters,
            String consumed,
            String produced) {
        JsonNode kind = operation.path("x-kubernetes-group-version-kind");
        return String.join(
                " ",
                method,
                path,
                operation.path("operationId").asString(),
                operation.at("/tags/0").asString(),
                operation.path("x-kubernetes-action").asString("-"),
                kind.isMissingNode()
                        ? "-"
                        : kind.path("group").asString() + "/"
                                + kind.path("version").asString() + "/"
                                + kind.path("kind").asString(),
                body,
                operation.path("responses").propertyNames().stream().sorted().collect(Collectors.joining(",")),
                answer,
                parameters.isEmpty() ? "-" : String.join(",", parameters),
                consumed,
                produced);
    }

    private static String definition(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty()
                ? schema.path("type").asString()
                : reference.substring(reference.lastIndexOf('/') + 1);
    }

    private static String texts(JsonNode list) {
        return list.isEmpty() ? "-" : list.valueStream().map(JsonNode::asString).collect(Collectors.joining(","));
    }

    private static List<String> upstream() throws IOException {
        Map<String, String> shorthands = new HashMap<>();
        List<String> operations = new ArrayList<>();
        try (InputStream in = UpstreamOperationsTest.class.getResourceAsStream("/openapi/operations.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
            text.lines().forEach(line -> {
                if (line.startsWith("@") || line.startsWith("=")) {
                    shorthands.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
                } else {
                    operations.add(List.of(line.split(" ")).stream()
                            .map(word -> shorthands.getOrDefault(word, word))
                            .collect(Collectors.joining(" ")));
                }
            });
        }
        return operations;
    }

    private static JsonNode read(String path) {
        var answer = (ApiResponse.Bytes) server.answer("GET", path, "", Map.of("accept", "application/json"));
        return Json.readObject(answer.body());
    }
}
