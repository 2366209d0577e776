package io.kubespring.kubelet.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.SystemTime;
import io.kubespring.testing.fuzz.Fuzz;
import io.kubespring.testing.fuzz.Mangler;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs that a crash, a full disk or somebody's editor left behind: every one is read to its end. */
class CriLogFuzzTest {

    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    private static final List<String> CORPUS = List.of(
            "",
            "\n",
            " ",
            "   \n",
            "2026-01-01T00:00:01.000000001Z stdout F hello\n",
            "2026-01-01T00:00:01.000000001Z stdout F hello",
            "2026-01-01T00:00:01+02:00 stderr P half\n2026-01-01T00:00:02+02:00 stderr F way\n",
            "2026-01-01T00:00:01Z stdout P for ever\n",
            "2026-01-01T00:00:01Z stdout F \n",
            "2026-01-01T00:00:01Z stdout F\n",
            "2026-01-01T00:00:01Z stdout\n",
            "2026-01-01T00:00:01Z\n",
            "2026-01-01T00:00:01Z stdout X text\n",
            "2026-01-01T00:00:01Z stdout P:tag text\n",
            "2026-01-01T00:00:01Z nowhere F text\n",
            "yesterday stdout F text\n",
            " stdout F text\n",
            "2026-13-41T25:61:61Z stdout F text\n",
            "+999999999-12-31T23:59:59-18:00 stdout F text\n",
            "-999999999-01-01T00:00:00+18:00 stdout F text\n",
            "\0\0\0\0 \0 \0 \0\n",
            "{\"log\":\"docker's own\\n\",\"stream\":\"stdout\",\"time\":\"2026-01-01T00:00:01Z\"}\n",
            "2026-01-01T00:00:01Z stdout F \u00ff\u00fe\r\n\r\n");

    private static final List<LogOptions> OPTIONS = List.of(
            LogOptions.ALL,
            new LogOptions(false, true, null, null, null),
            new LogOptions(false, true, SINCE, null, null),
            new LogOptions(false, false, SINCE, 1L, 3L),
            new LogOptions(false, false, null, 0L, null),
            new LogOptions(false, true, null, 2L, 0L));

    @TempDir
    Path folder;

    static List<String> corpus() {
        return CORPUS;
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void nastyLogs(String log) {
        check(log);
    }

    @Test
    @Tag("long")
    void manyMangledLogs() {
        Fuzz.seeds(
                100_000,
                seed -> Mangler.ofTexts(CORPUS, " \nFP:TZ+-0123456789", seed).text(),
                this::check);
    }

    private void check(String log) {
        try {
            Path file = folder.resolve("0.log");
            Files.write(file, log.getBytes(StandardCharsets.ISO_8859_1));
            for (LogOptions options : OPTIONS) {
                var out = new ByteArrayOutputStream();
                new LogReader(SystemTime.instance()).read(file, options, () -> false, out);
                if (options.limitBytes() != null) {
                    assertThat((long) out.size()).isLessThanOrEqualTo(options.limitBytes());
                } else if (!options.timestamps()) {
                    assertThat(out.size()).isLessThanOrEqualTo(log.length());
                }
            }
        } catch (java.io.IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
