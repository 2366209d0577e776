package io.kubespring.apiserver.shell;

import static io.kubespring.testing.await.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many watchers on real connections, of which one in a hundred never reads, while a writer writes as fast as it is answered.
 * The server is a process of its own, with a heap in which the backlog of those who do not read would have no room.
 */
class ManyWatchersTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String MAP = MAPS + "/counter";
    private static final int BURST = 10;
    private static final int STILL_READING = 3;
    private static final int LARGE = 400_000;
    private static final int MOST_LARGE_BURSTS = 50;
    private static final int SMALL_WINDOW = 64 << 10;
    private static final int LOOKED_AT = 5;
    private static final String CHUNK_END = "\r\n0\r\n\r\n";
    private static final List<String> JVM =
            List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xmx512m", "-XX:MaxDirectMemorySize=256m");

    /** Ninety seconds after its watch was ended a connection would be closed, whatever of it was not read. */
    private static final String PATIENT = "--server.netty.idle-timeout=10m";

    @TempDir
    Path directory;

    private ServerProcess server;
    private final List<RawConnection> stalled = new ArrayList<>();

    @BeforeEach
    void start() {
        server = new ServerProcess(directory, JVM, List.of(PATIENT));
        eventually(() -> server.get("/readyz").statusCode() == 200);
    }

    @AfterEach
    void stop() {
        stalled.forEach(RawConnection::close);
        server.close();
    }

    @Test
    void ofFiveHundredTheReadersGetEverythingAndTheOthersAreEnded(TestReporter reporter) {
        readersGetEverythingAndOthersAreEnded(500, 100, reporter);
    }

    @Test
    @Tag("long")
    void ofTenThousandTheReadersGetEverythingAndTheOthersAreEnded(TestReporter reporter) {
        readersGetEverythingAndOthersAreEnded(10_000, 200, reporter);
    }

    private void readersGetEverythingAndOthersAreEnded(int count, int events, TestReporter reporter) {
        var made = server.call(
                "POST", MAPS, "application/json", "{\"metadata\":{\"name\":\"counter\"},\"data\":{\"large\":\"\"}}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String revision = Json.readObject(made.body().getBytes(UTF_8))
                .at("/metadata/resourceVersion")
                .asString();
        String watch = MAPS + "?watch=true&resourceVersion=" + revision;
        var lags = new EventLags(events);
        for (int i = 0; i < count / 100; i++) {
            stall(watch);
        }
        try (var crowd =
                new WatchCrowdProcess(server.port(), server.authority, watch, count - stalled.size(), events)) {
            reporter.publishEntry("resident MB, watched", Long.toString(server.residentMegabytes()));
            write(0, events, "", lags);
            crowd.awaitAll(lags);
        }
        reporter.publishEntry("writes", "%.1f/s, %s".formatted(lags.perSecond(), lags.writes()));
        reporter.publishEntry("lag", lags.deliveries());
        thoseWhoDoNotReadAreEnded(watch, events, reporter);
        assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
    }

    /** With so much that they fall behind further than the server remembers; some who read stay. */
    private void thoseWhoDoNotReadAreEnded(String watch, int before, TestReporter reporter) {
        int sent = before;
        try (var crowd = new WatchCrowd(server.port(), server.authority, watch)) {
            crowd.add(STILL_READING, number -> {});
            String large = "x".repeat(LARGE);
            for (int i = 0; i < MOST_LARGE_BURSTS && terminated() < stalled.size(); i++) {
                sent = write(sent, BURST, large, new EventLags(0));
                allHave(crowd.readers(), sent);
            }
            assertThat(terminated()).isEqualTo(stalled.size());
            reporter.publishEntry("resident MB, after", Long.toString(server.residentMegabytes()));
            assertThat(crowd.readers()).noneMatch(SequenceReader::ended);
        }
        for (RawConnection connection : stalled.subList(0, Math.min(LOOKED_AT, stalled.size()))) {
            var late = new SequenceReader(number -> {});
            String rest = connection.rest();
            assertThat(rest).hasSizeGreaterThan(CHUNK_END.length());
            late.read(rest);
            assertThat(late.disorder()).isEmpty();
            assertThat(late.last()).isBetween((long) before, sent - 1L);
            assertThat(rest.substring(rest.length() - CHUNK_END.length())).isEqualTo(CHUNK_END);
        }
    }

    private void stall(String watch) {
        var connection = RawConnection.to(server.port(), server.authority)
                .receivingAtMost(SMALL_WINDOW)
                .send("GET " + watch + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + RunningServer.TOKEN
                        + "\r\nconnection: close\r\n\r\n");
        stalled.add(connection);
        assertThat(connection.head()).startsWith("HTTP/1.1 200");
    }

    /** Each as soon as the one before was answered, whoever has seen that or not. */
    private int write(int from, int count, String large, EventLags lags) {
        for (int i = from + 1; i <= from + count; i++) {
            lags.sending(i);
            var reply = server.call(
                    "PATCH",
                    MAP,
                    "application/merge-patch+json",
                    "{\"data\":{\"seq\":\"" + i + "\",\"large\":\"" + large + "\"}}");
            lags.answered(i);
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        }
        return from + count;
    }

    private static void allHave(List<SequenceReader> readers, long number) {
        eventually(() -> readers.stream()
                .allMatch(each -> each.last() == number || !each.disorder().isEmpty() || each.ended()));
        assertThat(readers).allSatisfy(each -> {
            assertThat(each.disorder()).isEmpty();
            assertThat(each.last()).isEqualTo(number);
        });
    }

    /** Watchers that the server has ended because they did not read. */
    private long terminated() {
        return server.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("apiserver_terminated_watchers_total{") && line.contains("configmaps"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
