package io.kubespring.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.SystemTime;
import io.kubespring.storage.Store;
import io.kubespring.storage.Store.Entry;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.sqlite.JDBC;
import reactor.core.publisher.Flux;

/** No answered write is lost, whenever the process dies and however the last write to the log was torn. */
class CrashTest {

    private static final int ROUNDS = 5;
    private static final int ANSWERS_BEFORE_KILL = 400;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void answeredWritesOutliveKill9() throws Exception {
        Path database = folder.resolve("crash.db");
        long highest = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, Long> answered = writeUntilKilled(database, ANSWERS_BEFORE_KILL + 37 * round);
            try (Store store = SqliteStore.open(database, SystemTime.instance())) {
                for (var answer : answered.entrySet()) {
                    Entry entry = store.get(answer.getKey()).join();
                    assertThat(entry).as(answer.getKey()).isNotNull();
                    assertThat(entry.revision()).isGreaterThanOrEqualTo(answer.getValue());
                    assertThat(new String(entry.value(), StandardCharsets.UTF_8))
                            .startsWith(answer.getKey() + " ");
                }
                long current = store.currentRevision().join();
                assertThat(current).isGreaterThanOrEqualTo(highest);
                highest = current;
            }
        }
    }

    private static Map<String, Long> writeUntilKilled(Path database, int answers) throws Exception {
        var process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath(),
                        CrashWriter.class.getName(),
                        database.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, Long> answered = new HashMap<>();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int seen = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (++seen == answers) {
                    // Through the handle: what the process has said can still be read.
                    process.toHandle().destroyForcibly();
                }
                remember(answered, line);
            }
        }
        process.waitFor();
        assertThat(answered).isNotEmpty();
        return answered;
    }

    /** The kill may cut the last line short. */
    private static void remember(Map<String, Long> answered, String line) {
        String[] words = line.split(" ", -1);
        if (words.length == 2 && words[0].startsWith("/crash/") && !words[1].isEmpty()) {
            answered.merge(words[0], Long.parseLong(words[1]), Math::max);
        }
    }

    /** Of what the child needs; the runner's own class path may be hidden in a class loader. */
    private static String classPath() {
        return Stream.of(
                        CrashWriter.class,
                        SqliteStore.class,
                        SystemTime.class,
                        JDBC.class,
                        Flux.class,
                        Publisher.class,
                        Logger.class,
                        Nullable.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> Path.of(URI.create(location.toString())).toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Test
    void aTornTailOfTheLogIsCutOffAndEverythingBeforeItKept() throws IOException {
        Path database = folder.resolve("torn.db");
        Path torn = folder.resolve("copy.db");
        long durable;
        try (Store store = SqliteStore.open(database, SystemTime.instance())) {
            store.create("/a", "1".getBytes(StandardCharsets.UTF_8), null).join();
            durable = store.create("/b", "2".getBytes(StandardCharsets.UTF_8), null)
                    .join();
            long sizeBefore = Files.size(wal(database));
            store.create("/c", new byte[20_000], null).join();
            // What a power cut in the middle of the third write would have left.
            Files.copy(database, torn);
            Files.copy(wal(database), wal(torn));
            try (var log = new RandomAccessFile(wal(torn).toFile(), "rw")) {
                log.setLength(sizeBefore + (log.length() - sizeBefore) / 2);
            }
        }
        try (Store store = SqliteStore.open(torn, SystemTime.instance())) {
            assertThat(store.list("/", null, 0, 0).join().entries())
                    .extracting(Entry::key)
                    .containsExactly("/a", "/b");
            assertThat(store.currentRevision().join()).isEqualTo(durable);
        }
    }

    private static Path wal(Path database) {
        return database.resolveSibling(database.getFileName() + "-wal");
    }
}
