package io.kubespring.apiserver.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.TestServer.Reply;
import io.kubespring.apiserver.kinds.KindSample.Sheet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Status and scale work the same for every resource that has them: the object's endpoint does not touch the status, the
 * status endpoint touches nothing else, and a scale is a view of the replicas. Other subresources have tests of their
 * own that say {@link Covers}.
 */
final class SubresourcesContract {

    private final KindServer server;
    private final Sheet sheet;

    SubresourcesContract(KindServer server, Sheet sheet) {
        this.server = server;
        this.sheet = sheet;
    }

    void check() {
        boolean status = sheet.type().subresource("status") != null && sheet.has("status");
        boolean scale = sheet.type().subresource("scale") != null;
        if (status || scale) {
            server.create(sheet);
        }
        if (status) {
            status();
        }
        if (scale) {
            scale();
        }
    }

    private void status() {
        ObjectNode before = server.get(sheet.uri());
        ObjectNode patch = Json.object();
        patch.set("status", sheet.part("status"));
        patch.putObject("metadata").putObject("labels").put("through-status", "yes");
        patch.putObject("spec").put("nonsense", 1);
        Reply patched = server.patch(sheet.uri() + "/status", "merge", patch);
        assertThat(patched.status()).as(patched.message()).isEqualTo(200);
        sheet.part("status")
                .properties()
                .forEach(each -> Trees.assertHolds(
                        patched.at("/status/" + each.getKey()), each.getValue(), Json.read("null"), each.getKey()));
        ObjectNode written = server.get(sheet.uri());
        assertThat(written.path("spec")).as("spec, written through status").isEqualTo(before.path("spec"));
        assertThat(written.at("/metadata/generation")).isEqualTo(before.at("/metadata/generation"));

        ObjectNode without = written.deepCopy();
        without.remove("status");
        Reply kept = server.put(sheet.uri(), without);
        assertThat(kept.status()).as(kept.message()).isEqualTo(200);
        assertThat(kept.json().path("status"))
                .as("status, written through the object")
                .isEqualTo(written.path("status"));

        assertThat(server.get(sheet.uri() + "/status").path("status")).isEqualTo(written.path("status"));
        Reply put = server.put(sheet.uri() + "/status", kept.json());
        assertThat(put.status()).as(put.message()).isEqualTo(200);
    }

    private void scale() {
        ObjectNode scale = server.get(sheet.uri() + "/scale");
        assertThat(scale.path("kind").asString()).isEqualTo("Scale");
        JsonNode generation = server.get(sheet.uri()).at("/metadata/generation");
        scale.set("spec", Json.object().put("replicas", 3));
        Reply scaled = server.put(sheet.uri() + "/scale", scale);
        assertThat(scaled.status()).as(scaled.message()).isEqualTo(200);
        ObjectNode after = server.get(sheet.uri());
        assertThat(after.at("/spec/replicas").asInt()).isEqualTo(3);
        assertThat(after.at("/metadata/generation").asInt()).isEqualTo(generation.asInt() + 1);
        Reply patched = server.patch(sheet.uri() + "/scale", "merge", Json.read("{\"spec\":{\"replicas\":2}}"));
        assertThat(patched.at("/spec/replicas").asInt()).isEqualTo(2);
    }
}
