package io.kubespring.apiserver.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.TestServer.Reply;
import io.kubespring.apiserver.kinds.KindSample.Sheet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Every verb that discovery shows works, and those that it does not show are refused. */
final class VerbsContract {

    private static final List<String> ON_COLLECTIONS = List.of("POST", "GET", "DELETE");

    private final KindServer server;
    private final KindSample sample;
    private final Sheet sheet;
    private final Set<String> verbs;

    VerbsContract(KindServer server, KindSample sample) {
        this.server = server;
        this.sample = sample;
        this.sheet = sample.fresh();
        this.verbs = sample.type().verbs();
    }

    void check() {
        unserved();
        server.prepare(sheet);
        if (!sample.type().stored()) {
            reviewed();
            return;
        }
        createDryThenReally();
        read();
        update();
        patch();
        delete();
        apply();
        deleteCollection();
    }

    private void unserved() {
        for (String method : ON_COLLECTIONS) {
            String verb = method.equals("POST") ? "create" : method.equals("GET") ? "list" : "deletecollection";
            if (!verbs.contains(verb)) {
                assertThat(server.call(method, sheet.collection(), "").status())
                        .as(verb)
                        .isEqualTo(405);
            }
        }
    }

    /** What is answered and never stored, or made up when it is read. */
    private void reviewed() {
        if (verbs.contains("create")) {
            Reply answer = server.post(sheet.collection(), sheet.sample());
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
            assertThat(answer.at("/kind").asString())
                    .isEqualTo(sheet.tree()
                            .path("answers")
                            .asString(sample.type().kind().kind()));
        }
        if (verbs.contains("list")) {
            ObjectNode list = server.get(sheet.collection());
            assertThat(list.path("kind").asString()).isEqualTo(sample.type().listKind());
            assertThat(list.path("items")).isNotEmpty();
            server.get(
                    sheet.collection() + "/" + list.at("/items/0/metadata/name").asString());
        }
    }

    private void createDryThenReally() {
        Reply dry = server.post(sheet.collection() + "?dryRun=All", sheet.sample());
        assertThat(dry.status()).as(dry.message()).isEqualTo(201);
        assertThat(server.call("GET", sheet.uri(), "").status())
                .as("after a dry run")
                .isEqualTo(404);
        Reply created = server.post(sheet.collection(), sheet.sample());
        assertThat(created.status()).as(created.message()).isEqualTo(201);
        assertThat(created.at("/metadata/uid").asString()).isNotEmpty();
        assertThat(server.post(sheet.collection(), sheet.sample()).status())
                .as("again")
                .isEqualTo(409);
    }

    private void read() {
        ObjectNode found = server.get(sheet.uri());
        assertThat(found.path("kind").asString()).isEqualTo(sample.type().kind().kind());
        assertThat(found.path("apiVersion").asString()).isEqualTo(sample.type().apiVersion());
        ObjectNode list = server.get(sheet.collection() + "?fieldSelector=metadata.name%3D" + sheet.name());
        assertThat(list.path("kind").asString()).isEqualTo(sample.type().listKind());
        assertThat(list.path("items")).hasSize(1);
        ObjectNode event = server.firstEvent(sheet);
        assertThat(event.path("type").asString()).isEqualTo("ADDED");
        assertThat(event.path("object")).isEqualTo(found);
    }

    private void update() {
        ObjectNode current = server.get(sheet.uri());
        Reply same = server.put(sheet.uri(), current);
        assertThat(same.status()).as(same.message()).isEqualTo(200);
        assertThat(same.at("/metadata/resourceVersion"))
                .as("an object put back as it is stays as it is")
                .isEqualTo(current.at("/metadata/resourceVersion"));
        Pointers.set(current, "/metadata/labels/updated", Json.read("\"yes\""));
        Reply changed = server.put(sheet.uri(), current);
        assertThat(changed.status()).as(changed.message()).isEqualTo(200);
        Reply stale = server.put(sheet.uri(), current);
        assertThat(stale.status()).as("a stale resourceVersion").isEqualTo(409);
    }

    private void patch() {
        for (String kind : List.of("merge", "strategic-merge", "json")) {
            Reply patched = server.patch(
                    sheet.uri(),
                    kind,
                    Json.read(
                            kind.equals("json")
                                    ? "[{\"op\":\"add\",\"path\":\"/metadata/labels/patched\",\"value\":\"json\"}]"
                                    : "{\"metadata\":{\"labels\":{\"patched\":\"" + kind + "\"}}}"));
            assertThat(patched.status()).as(patched.message()).isEqualTo(200);
            assertThat(patched.at("/metadata/labels/patched").asString()).isEqualTo(kind);
        }
    }

    private void delete() {
        Reply dry = server.call("DELETE", sheet.uri() + "?dryRun=All", "");
        assertThat(dry.status()).as(dry.message()).isIn(200, 202);
        server.get(sheet.uri());
        Reply deleted = server.call("DELETE", sheet.uri(), "");
        assertThat(deleted.status()).as(deleted.message()).isIn(200, 202);
        assertGone(sheet);
    }

    /** Another object, made and then changed by what its owner declares. */
    private void apply() {
        Sheet other = sample.fresh();
        server.prepare(other);
        String uri = other.uri() + "?fieldManager=contract";
        Reply made = server.patch(uri, "apply", other.sample());
        assertThat(made.status()).as(made.message()).isEqualTo(201);
        assertThat(made.at("/metadata/managedFields/0/manager").asString()).isEqualTo("contract");
        ObjectNode declared = other.sample().deepCopy();
        Pointers.set(declared, "/metadata/annotations/applied", Json.read("\"yes\""));
        Reply changed = server.patch(uri, "apply", declared);
        assertThat(changed.status()).as(changed.message()).isEqualTo(200);
        assertThat(changed.at("/metadata/annotations/applied").asString()).isEqualTo("yes");
    }

    private void deleteCollection() {
        if (!verbs.contains("deletecollection")) {
            return;
        }
        Sheet one = sample.fresh();
        ObjectNode labelled = one.sample().deepCopy();
        server.prepare(one);
        Pointers.set(labelled, "/metadata/labels/collected", Json.read("\"yes\""));
        Reply made = server.post(one.collection(), labelled);
        assertThat(made.status()).as(made.message()).isEqualTo(201);
        Reply deleted = server.call("DELETE", one.collection() + "?labelSelector=collected%3Dyes", "");
        assertThat(deleted.status()).as(deleted.message()).isEqualTo(200);
        assertGone(one);
    }

    /** Gone, or on its way with something that holds it. */
    private void assertGone(Sheet which) {
        Reply after = server.call("GET", which.uri(), "");
        boolean going = after.status() == 200 && after.json().at("/metadata").has("deletionTimestamp");
        assertThat(after.status() == 404 || going).as(after.text()).isTrue();
    }
}
