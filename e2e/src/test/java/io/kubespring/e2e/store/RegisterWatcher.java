package io.kubespring.e2e.store;

import io.kubespring.api.json.Json;
import io.kubespring.testing.history.WatchLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Lists, watches, resumes where a watch broke, lists again where that is no longer possible. */
final class RegisterWatcher implements Runnable {

    private static final String SELECTED = RegisterClient.PATH + "?labelSelector=history%3Dyes";

    private final RawApi api;
    private final WatchLog log;
    private final AtomicBoolean enough;
    private boolean listed;
    private int lists;

    RegisterWatcher(RawApi api, WatchLog log, AtomicBoolean enough) {
        this.api = api;
        this.log = log;
        this.enough = enough;
    }

    WatchLog log() {
        return log;
    }

    /** How often it had to begin anew. */
    int lists() {
        return lists;
    }

    @Override
    public void run() {
        while (!enough.get()) {
            try {
                if (!listed) {
                    list();
                }
                watch();
            } catch (IOException | JacksonException broken) {
                pause();
            } catch (InterruptedException stopping) {
                return;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void list() throws IOException, InterruptedException {
        var answer = api.send("GET", SELECTED, "");
        if (answer.statusCode() != 200) {
            throw new IOException("list answered " + answer.statusCode());
        }
        JsonNode list = Json.mapper().readTree(answer.body());
        Map<String, String> values = new HashMap<>();
        for (JsonNode item : list.path("items")) {
            values.put(
                    item.path("metadata").path("name").asString(),
                    item.path("data").path("value").asString());
        }
        log.listed(list.path("metadata").path("resourceVersion").asLong(), values);
        listed = true;
        lists++;
    }

    private void watch() throws IOException, InterruptedException {
        var answer = api.stream(SELECTED + "&watch=true&timeoutSeconds=60&resourceVersion=" + log.revision());
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            if (answer.statusCode() != 200) {
                listed = answer.statusCode() != 410;
                throw new IOException("watch answered " + answer.statusCode());
            }
            for (String line = lines.readLine(); line != null && listed; line = lines.readLine()) {
                tell(Json.mapper().readTree(line));
            }
        }
    }

    private void tell(JsonNode event) {
        JsonNode object = event.path("object");
        if (event.path("type").asString().equals("ERROR")) {
            listed = object.path("code").asInt() != 410;
            return;
        }
        log.told(
                WatchLog.Change.valueOf(event.path("type").asString()),
                object.path("metadata").path("name").asString(),
                object.path("data").path("value").asString(),
                object.path("metadata").path("resourceVersion").asLong());
    }
}
