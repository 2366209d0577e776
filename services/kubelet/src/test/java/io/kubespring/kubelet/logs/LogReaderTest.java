package io.kubespring.kubelet.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.SystemTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {

    @TempDir
    Path folder;

    private Path log;

    @BeforeEach
    void write() throws IOException {
        log = folder.resolve("0.log");
        Files.writeString(log, """
            2026-01-01T00:00:01.5Z stdout F one
            2026-01-01T00:00:02.5Z stderr F two
            2026-01-01T00:00:03.5Z stdout P par
            2026-01-01T00:00:03.6Z stdout F tial
            """);
    }

    private String read(LogOptions options) throws Exception {
        var out = new ByteArrayOutputStream();
        new LogReader(SystemTime.instance()).read(log, options, () -> false, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void linesComeWithoutPrefixAndPartsAreJoined() throws Exception {
        assertThat(read(LogOptions.ALL)).isEqualTo("one\ntwo\npartial\n");
    }

    @Test
    void timesStandBeforeLinesOnRequest() throws Exception {
        assertThat(read(new LogOptions(false, true, null, null, null)))
                .isEqualTo("2026-01-01T00:00:01.5Z one\n2026-01-01T00:00:02.5Z two\n2026-01-01T00:00:03.5Z partial\n");
    }

    @Test
    void theTailIsCountedFromTheEnd() throws Exception {
        assertThat(read(new LogOptions(false, false, null, 3L, null))).isEqualTo("two\npartial\n");
        assertThat(read(new LogOptions(false, false, null, 0L, null))).isEmpty();
        assertThat(read(new LogOptions(false, false, null, 99L, null))).isEqualTo("one\ntwo\npartial\n");
    }

    @Test
    void theTailOfALargeLogIsFoundAcrossBlocks() throws Exception {
        var text = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            text.append("2026-01-01T00:00:01Z stdout F line ").append(i).append('\n');
        }
        Files.writeString(log, text);
        assertThat(read(new LogOptions(false, false, null, 2000L, null)))
                .startsWith("line 3000\n")
                .endsWith("line 4999\n");
    }

    @Test
    void oldLinesAndWhatIsTooMuchAreLeftOut() throws Exception {
        var since = Instant.parse("2026-01-01T00:00:02Z");
        assertThat(read(new LogOptions(false, false, since, null, null))).isEqualTo("two\npartial\n");
        assertThat(read(new LogOptions(false, false, null, null, 6L))).isEqualTo("one\ntw");
    }

    @Test
    void followingSeesNewLinesAndSurvivesRotationUntilTheContainerEnds() throws Exception {
        var out = new ByteArrayOutputStream();
        var running = new AtomicBoolean(true);
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                new LogReader(SystemTime.instance())
                        .read(log, new LogOptions(true, false, null, 0L, null), running::get, out);
            } catch (IOException | InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        });
        await(() -> reader.getState() != Thread.State.NEW);
        Thread.sleep(100);
        Files.writeString(log, "2026-01-01T00:00:04Z stdout F four\n", StandardOpenOption.APPEND);
        await(() -> out.toString(StandardCharsets.UTF_8).equals("four\n"));
        Files.move(log, folder.resolve("0.log.old"));
        Files.writeString(log, "2026-01-01T00:00:05Z stdout F five\n");
        await(() -> out.toString(StandardCharsets.UTF_8).equals("four\nfive\n"));
        running.set(false);
        reader.join(5000);
        assertThat(reader.isAlive()).isFalse();
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 5_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(10);
        }
    }
}
