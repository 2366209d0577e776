package io.kubespring.e2e.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import io.kubespring.e2e.Shell;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** On a full disk writes are refused with a Status and reads go on; with room again, so do writes. Nothing is lost. */
@Tag("host")
class DiskFullTest {

    private static final String PATH = RegisterClient.PATH;

    @TempDir
    Path folder;

    private RawApi api;

    @Test
    void aFullDiskRefusesWritesKeepsReadsAndLosesNothing() throws Exception {
        try (var device = BlockDevice.make(folder.resolve("device"), 24);
                var server = ApiServerProcess.start(
                        folder, "--storage-file=" + device.folder().resolve("state.db"))) {
            api = new RawApi(server.url());
            var answered = new ArrayList<String>();
            HttpResponse<String> refused = null;
            for (int number = 0; number < 200 && refused == null; number++) {
                var answer = create("filler-" + number, 400_000);
                if (answer.statusCode() == 201) {
                    answered.add("filler-" + number);
                } else {
                    refused = answer;
                }
            }
            assertThat(answered).isNotEmpty();
            assertThat(refused).isNotNull();
            assertThat(refused.statusCode()).as(refused.body()).isBetween(500, 599);
            assertThat(refused.body()).contains("\"kind\":\"Status\"").doesNotContain("\tat ");

            assertThat(names()).containsAll(answered);
            List<String> before = names();
            server.kill();
            // Room: what a person would move away.
            Path bigger = folder.resolve("bigger");
            Files.createDirectories(bigger);
            Shell.run(folder, "", List.of("sh", "-c", "cp -a " + device.folder() + "/state.db* " + bigger))
                    .ok();
            try (var again =
                    ApiServerProcess.start(folder.resolve("again"), "--storage-file=" + bigger.resolve("state.db"))) {
                api = new RawApi(again.url());
                assertThat(names()).containsExactlyInAnyOrderElementsOf(before);
                assertThat(create("after", 1_000).statusCode()).isEqualTo(201);
            }
        }
    }

    @Test
    void writesGoOnWhenThereIsRoomAgain() throws Exception {
        try (var device = BlockDevice.make(folder.resolve("device"), 24);
                var server = ApiServerProcess.start(
                        folder, "--storage-file=" + device.folder().resolve("state.db"))) {
            api = new RawApi(server.url());
            assertThat(create("before", 1_000).statusCode()).isEqualTo(201);
            Path ballast = device.folder().resolve("ballast");
            Shell.run(folder, "", List.of("dd", "if=/dev/zero", "of=" + ballast, "bs=64k"));
            assertThat(create("refused", 500_000).statusCode()).isBetween(500, 599);

            Files.delete(ballast);
            awaitReady();
            assertThat(create("after", 500_000).statusCode()).isEqualTo(201);
            assertThat(names()).contains("before", "after").doesNotContain("refused");
        }
    }

    private HttpResponse<String> create(String name, int bytes) throws Exception {
        return api.json(
                "POST",
                PATH,
                "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"value\":\"" + "x".repeat(bytes) + "\"}}");
    }

    private List<String> names() throws Exception {
        var answer = api.send("GET", PATH, "");
        assertThat(answer.statusCode()).isEqualTo(200);
        var names = new ArrayList<String>();
        for (JsonNode item : Json.mapper().readTree(answer.body()).path("items")) {
            names.add(item.path("metadata").path("name").asString());
        }
        return names;
    }

    private void awaitReady() throws Exception {
        for (int waited = 0; api.send("GET", "/readyz", "").statusCode() != 200; waited++) {
            assertThat(waited).as("ready with room on the disk").isLessThan(200);
            Thread.sleep(100);
        }
    }
}
