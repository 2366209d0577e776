package io.kubespring.e2e.store;

import io.kubespring.api.json.Json;
import io.kubespring.testing.history.Call;
import io.kubespring.testing.history.Call.Action;
import io.kubespring.testing.history.Call.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/** A client that gets, creates, swaps and deletes a few ConfigMaps, and writes down each call with its answer. */
final class RegisterClient implements Runnable {

    static final String PATH = "/api/v1/namespaces/default/configmaps";
    private static final int KEYS = 5;

    private final int number;
    private final RawApi api;
    private final Collection<Call> calls;
    private final AtomicBoolean enough;
    private final Random random;
    private final Map<String, Long> seen = new HashMap<>();
    private int writes;

    RegisterClient(int number, RawApi api, Collection<Call> calls, AtomicBoolean enough) {
        this.number = number;
        this.api = api;
        this.calls = calls;
        this.enough = enough;
        random = new Random(number);
    }

    @Override
    public void run() {
        try {
            while (!enough.get()) {
                String key = "register-" + random.nextInt(KEYS);
                if (!call(key, next(key))) {
                    Thread.sleep(20);
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private Action next(String key) {
        Long revision = seen.get(key);
        int dice = random.nextInt(10);
        if (dice < 4) {
            return new Action.Get();
        }
        if (revision == null) {
            return new Action.Create(number + "-" + ++writes);
        }
        return dice == 9 ? new Action.Delete(revision) : new Action.Update(number + "-" + ++writes, revision);
    }

    /** @return false if nobody was there to ask */
    private boolean call(String key, Action action) throws InterruptedException {
        long invoked = System.nanoTime();
        Outcome outcome;
        try {
            outcome = outcome(action, send(key, action));
        } catch (ConnectException nobodyThere) {
            return false;
        } catch (IOException broken) {
            outcome = new Outcome.Unknown();
        }
        long returned = outcome instanceof Outcome.Unknown ? Call.NEVER : System.nanoTime();
        learn(key, outcome);
        calls.add(new Call(number, key, action, invoked, returned, outcome));
        return true;
    }

    private HttpResponse<String> send(String key, Action action) throws IOException, InterruptedException {
        return switch (action) {
            case Action.Get get -> api.send("GET", PATH + "/" + key, "");
            case Action.Create(String value) -> api.json("POST", PATH, body(key, value, ""));
            case Action.Update(String value, long expected) ->
                api.json("PUT", PATH + "/" + key, body(key, value, ",\"resourceVersion\":\"" + expected + "\""));
            case Action.Delete(long expected) ->
                api.json(
                        "DELETE",
                        PATH + "/" + key,
                        "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\",\"preconditions\":{\"resourceVersion\":\""
                                + expected + "\"}}");
        };
    }

    private static String body(String key, String value, String revision) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + key
                + "\",\"labels\":{\"history\":\"yes\"}" + revision + "},\"data\":{\"value\":\"" + value + "\"}}";
    }

    private static Outcome outcome(Action action, HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case 200, 201 -> {
                JsonNode object = Json.mapper().readTree(answer.body());
                long revision = object.path("metadata").path("resourceVersion").asLong(0);
                yield switch (action) {
                    case Action.Get get ->
                        new Outcome.Found(object.path("data").path("value").asString(), revision);
                    case Action.Create create -> new Outcome.Written(revision);
                    case Action.Update update -> new Outcome.Written(revision);
                    // A deletion's answer does not tell its revision.
                    case Action.Delete delete -> new Outcome.Written(0);
                };
            }
            case 404 -> action instanceof Action.Get ? new Outcome.Absent() : new Outcome.Refused();
            case 409 -> new Outcome.Refused();
            default -> new Outcome.Unknown();
        };
    }

    private void learn(String key, Outcome outcome) {
        switch (outcome) {
            case Outcome.Found(String value, long revision) -> seen.put(key, revision);
            case Outcome.Written(long revision) when revision > 0 -> seen.put(key, revision);
            case Outcome.Written deleted -> seen.remove(key);
            case Outcome.Absent absent -> seen.remove(key);
            case Outcome.Refused refused -> seen.remove(key);
            case Outcome.Unknown unknown -> {}
        }
    }
}
