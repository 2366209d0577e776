package io.kubespring.apiserver.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.TestServer.Reply;
import io.kubespring.apiserver.kinds.KindSample.Change;
import io.kubespring.apiserver.kinds.KindSample.Sheet;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A server for the contract's tests, and the few things they ask of it. */
final class KindServer implements AutoCloseable {

    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestServer server = new TestServer();

    /** The sample of the sheet, stored. */
    ObjectNode create(Sheet sheet) {
        prepare(sheet);
        Reply created = post(sheet.collection(), sheet.sample());
        assertThat(created.status()).as(created.message()).isEqualTo(201);
        return created.json();
    }

    /** What must be there before the sample. */
    void prepare(Sheet sheet) {
        for (JsonNode each : sheet.list("before")) {
            Reply made = post(each.path("to").asString(), (ObjectNode) each.path("body"));
            assertThat(made.status()).as("before: %s", made.message()).isIn(201, 409);
        }
    }

    ObjectNode get(String uri) {
        Reply found = server.get(uri);
        assertThat(found.status()).as(found.message()).isEqualTo(200);
        return found.json();
    }

    Reply post(String uri, ObjectNode body) {
        return server.send("POST", uri, Json.write(body), Map.of("content-type", "application/json"));
    }

    Reply put(String uri, ObjectNode body) {
        return server.send("PUT", uri, Json.write(body), Map.of("content-type", "application/json"));
    }

    Reply patch(String uri, String kind, JsonNode body) {
        String type = kind.equals("apply") ? "apply-patch+yaml" : kind + "-patch+json";
        return server.send("PATCH", uri, Json.write(body), Map.of("content-type", "application/" + type));
    }

    Reply call(String method, String uri, String body) {
        return server.call(method, uri, body, Map.of());
    }

    Reply send(String method, String uri, byte[] body, Map<String, String> headers) {
        return server.send(method, uri, body, headers);
    }

    /** The first event of a watch that begins with what is there. */
    ObjectNode firstEvent(Sheet sheet) {
        return Objects.requireNonNull(server.watch(sheet.collection()
                        + "?watch=true&resourceVersion=0&fieldSelector=metadata.name%3D" + sheet.name())
                .blockFirst(PATIENCE));
    }

    ObjectNode table(Sheet sheet) {
        String query = sheet.type().stored() ? "?fieldSelector=metadata.name%3D" + sheet.name() : "";
        Reply found = server.get(sheet.collection() + query, TABLE);
        assertThat(found.status()).as(found.message()).isEqualTo(200);
        return found.json();
    }

    /** How many objects a field selector finds. */
    int count(Sheet sheet, String fieldSelector) {
        String query = "?fieldSelector=" + URLEncoder.encode(fieldSelector, StandardCharsets.UTF_8);
        return get(sheet.collection() + query).path("items").size();
    }

    /** The answer is 422 and says exactly what the change is told; a single text that is no field's is the message. */
    static void assertRefused(Reply answer, Change change) {
        assertThat(answer.status())
                .as("%s: %s", change.set(), answer.text())
                .isBetween(change.code() == 0 ? 400 : change.code(), change.code() == 0 ? 499 : change.code());
        List<String> causes = answer.json()
                .at("/details/causes")
                .valueStream()
                .map(each -> each.path("field").asString("") + ": "
                        + each.path("message").asString(""))
                .toList();
        assertThat(answer.status() == 422 && !causes.isEmpty() ? causes : List.of(answer.message()))
                .as("%s", change.set())
                .containsExactlyElementsOf(change.says());
    }

    @Override
    public void close() {
        server.close();
    }
}
