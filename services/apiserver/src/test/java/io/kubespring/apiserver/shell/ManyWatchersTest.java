package io.kubespring.apiserver.shell;

import static io.kubespring.testing.await.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.SystemTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.http.client.HttpClient;

/** Many watchers on real connections, of which one in a hundred never reads, while events flow. */
class ManyWatchersTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String MAP = MAPS + "/counter";
    private static final int BURST = 10;
    private static final int STILL_READING = 3;
    private static final int LARGE = 400_000;
    private static final int MOST_LARGE_BURSTS = 50;
    private static final int SMALL_WINDOW = 64 << 10;
    private static final long MOST_HEAP = 128L << 20;

    @TempDir
    Path directory;

    private RunningServer server;
    private HttpClient writer;
    private final List<RawConnection> stalled = new ArrayList<>();

    @BeforeEach
    void start() {
        server = new RunningServer(directory, Map.of());
        writer = RunningServer.withToken(server.http2())
                .headers(headers -> headers.set("content-type", "application/merge-patch+json"));
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
        server.post(MAPS, "{'metadata':{'name':'counter'},'data':{'large':''}}");
        String revision = server.get(MAP).json().at("/metadata/resourceVersion").asString();
        String watch = MAPS + "?watch=true&resourceVersion=" + revision;
        var lags = new Lags(events);
        try (var crowd = new WatchCrowd(server.port(), server.pki.resolve("ca.crt"), watch)) {
            for (int i = 0; i < count / 100; i++) {
                stall(watch);
            }
            crowd.add(count - stalled.size(), lags::received);
            eventually(() -> crowd.readers().stream().allMatch(SequenceReader::connected));

            int sent = 0;
            while (sent < events) {
                sent = write(sent, BURST, "", lags);
                allHave(crowd.readers(), sent);
            }
            reporter.publishEntry("lag", lags.summary());

            // Enough for those who do not read to fall behind further than the server remembers.
            List<SequenceReader> few = crowd.readers().subList(0, STILL_READING);
            crowd.readers().stream().skip(STILL_READING).forEach(SequenceReader::disconnect);
            long before = used();
            String large = "x".repeat(LARGE);
            for (int i = 0; i < MOST_LARGE_BURSTS && terminated() < stalled.size(); i++) {
                sent = write(sent, BURST, large, lags);
                allHave(few, sent);
            }
            assertThat(terminated()).isEqualTo(stalled.size());
            long grown = used() - before;
            reporter.publishEntry("heap grown", Long.toString(grown));
            assertThat(grown).isLessThan(MOST_HEAP);

            for (RawConnection connection : stalled) {
                var late = new SequenceReader(number -> {});
                String rest = connection.rest();
                late.read(rest);
                assertThat(late.disorder()).isEmpty();
                assertThat(late.last()).isBetween((long) events, sent - 1L);
                assertThat(rest).endsWith("\r\n0\r\n\r\n");
            }
            assertThat(few).noneMatch(SequenceReader::ended);
        }
        assertThat(server.get("/readyz").status()).isEqualTo(200);
    }

    private void stall(String watch) {
        var connection = RawConnection.to(server.port(), server.pki.resolve("ca.crt"))
                .receivingAtMost(SMALL_WINDOW)
                .send("GET " + watch + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + RunningServer.TOKEN
                        + "\r\nconnection: close\r\n\r\n");
        stalled.add(connection);
        assertThat(connection.head()).startsWith("HTTP/1.1 200");
    }

    private int write(int from, int count, String large, Lags lags) {
        for (int i = from + 1; i <= from + count; i++) {
            byte[] patch =
                    ("{\"data\":{\"seq\":\"" + i + "\",\"large\":\"" + large + "\"}}").getBytes(StandardCharsets.UTF_8);
            lags.sending(i);
            var reply = server.call(writer, "PATCH", MAP, patch);
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
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
                .text()
                .lines()
                .filter(line -> line.startsWith("apiserver_terminated_watchers_total{") && line.contains("configmaps"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** For each event, how long after its writing began the last watcher had it. */
    private static final class Lags {
        private final AtomicLongArray began;
        private final AtomicLongArray last;

        Lags(int events) {
            began = new AtomicLongArray(events + 1);
            last = new AtomicLongArray(events + 1);
        }

        void sending(int number) {
            if (number < began.length()) {
                began.set(number, SystemTime.instance().nanoTime());
            }
        }

        void received(long number) {
            if (number < last.length()) {
                last.accumulateAndGet((int) number, SystemTime.instance().nanoTime(), Math::max);
            }
        }

        String summary() {
            long[] millis = new long[last.length() - 1];
            for (int i = 0; i < millis.length; i++) {
                millis[i] = (last.get(i + 1) - began.get(i + 1)) / 1_000_000;
            }
            Arrays.sort(millis);
            return "to the last watcher, ms: median " + millis[millis.length / 2] + ", p99 "
                    + millis[millis.length * 99 / 100] + ", most " + millis[millis.length - 1];
        }
    }
}
