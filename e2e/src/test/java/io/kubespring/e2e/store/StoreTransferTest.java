package io.kubespring.e2e.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import io.kubespring.e2e.Cluster;
import io.kubespring.e2e.Shell;
import io.kubespring.testing.etcd.EtcdServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code ./kubespring store export|import}, from the embedded store to etcd and back, as a person does it. */
@Tag("host")
class StoreTransferTest {

    @TempDir
    Path folder;

    @Test
    void aClusterMovesFromSqliteToEtcdAndBack() throws Exception {
        Path database = folder.resolve("state.db");
        String uid;
        long revision;
        try (var server = ApiServerProcess.start(folder.resolve("first"), "--storage-file=" + database)) {
            var made = new RawApi(server.url())
                    .json("POST", RegisterClient.PATH, "{\"metadata\":{\"name\":\"moved\"},\"data\":{\"k\":\"é\"}}");
            uid = metadata(made.body(), "uid");
            revision = Long.parseLong(metadata(made.body(), "resourceVersion"));
            assertThat(store("export", "--storage-file=" + database).output())
                    .contains("Error: ", "is in use by process");
        }
        Path first = folder.resolve("first.export");
        assertThat(store("export", first.toString(), "--storage-file=" + database)
                        .ok())
                .contains(" objects exported");
        try (var etcd = EtcdServer.start()) {
            String servers = "--etcd-servers=" + etcd.endpoint();
            store("import", first.toString(), servers).ok();
            assertThat(store("import", first.toString(), servers).output()).contains("needs an empty one");
            try (var server = ApiServerProcess.start(folder.resolve("second"), servers)) {
                var api = new RawApi(server.url());
                var moved = api.send("GET", RegisterClient.PATH + "/moved", "");
                assertThat(metadata(moved.body(), "uid")).isEqualTo(uid);
                assertThat(moved.body()).contains("\"k\":\"é\"");
                var old = api.send("GET", RegisterClient.PATH + "?watch=true&resourceVersion=" + revision, "");
                assertThat(old.body()).contains("\"code\":410");
                var list = api.send("GET", RegisterClient.PATH, "");
                assertThat(Long.parseLong(metadata(list.body(), "resourceVersion")))
                        .isGreaterThan(revision);
            }
            Path second = folder.resolve("second.export");
            store("export", second.toString(), servers).ok();
            Path back = folder.resolve("back.db");
            store("import", second.toString(), "--storage-file=" + back).ok();
            Path third = folder.resolve("third.export");
            store("export", third.toString(), "--storage-file=" + back).ok();
            List<String> lines = Files.readAllLines(second);
            List<String> again = Files.readAllLines(third);
            assertThat(again.subList(1, again.size())).isEqualTo(lines.subList(1, lines.size()));
        }
    }

    @Test
    void whatIsNoExportAndWhatIsNotThereIsSaidInALine() throws Exception {
        Path database = folder.resolve("new.db");
        assertThat(store("export", "--storage-file=" + database).output()).contains("Error: there is no store at");
        assertThat(store("import", folder.resolve("nothing").toString(), "--storage-file=" + database)
                        .output())
                .contains("Error: there is no ");
        Path text = Files.writeString(folder.resolve("text"), "hello\n");
        assertThat(store("import", text.toString(), "--storage-file=" + database)
                        .output())
                .contains("Error: line 1");
        assertThat(store("move").output()).contains("Error: say \"store export [FILE]\"");
    }

    private static Shell.Result store(String... arguments) {
        var command = new ArrayList<>(List.of("./kubespring", "store"));
        command.addAll(List.of(arguments));
        return Shell.run(Cluster.ROOT, "", command);
    }

    private static String metadata(String body, String field) {
        JsonNode object = Json.mapper().readTree(body);
        return object.path("metadata").path(field).asString();
    }
}
