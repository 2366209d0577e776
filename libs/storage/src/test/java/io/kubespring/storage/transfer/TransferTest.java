package io.kubespring.storage.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.time.ManualTime;
import io.kubespring.storage.RecordingSubscriber;
import io.kubespring.storage.Store;
import io.kubespring.storage.StoreException;
import io.kubespring.storage.memory.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What was exported is imported byte for byte, once, as a whole, and under revisions that nobody has seen. */
class TransferTest {

    private static final String PREFIX = "/registry/";
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTime time = new ManualTime(Instant.EPOCH);
    private final Store from = MemoryStore.create(time);
    private final Store to = MemoryStore.create(time);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] export() throws IOException {
        var out = new ByteArrayOutputStream();
        StoreExport.write(from, PREFIX, out);
        return out.toByteArray();
    }

    private long read(byte[] export) throws IOException {
        return StoreImport.read(to, PREFIX, new ByteArrayInputStream(export), 0, HOUR);
    }

    @Test
    void everyValueArrivesByteForByteAndOthersPrefixesStay() throws IOException {
        String[] values = {
            "{\"number\":1.50, \"text\":\"a\\u0000\\n\\\"\",\"nested\":{\"x\":[{}]}}",
            "{\"two\":1}\n{\"lines\":2}",
            "{broken",
            "",
            "k8s\0binary\u00ff"
        };
        for (int number = 0; number < values.length; number++) {
            from.create("/registry/things/é \"" + number, bytes(values[number]), null)
                    .join();
        }
        from.create("/elsewhere", bytes("{}"), null).join();
        assertThat(read(export())).isEqualTo(values.length);
        for (int number = 0; number < values.length; number++) {
            assertThat(to.get("/registry/things/é \"" + number).join().value()).isEqualTo(bytes(values[number]));
        }
        assertThat(to.count("/").join()).isEqualTo(values.length);
    }

    @Test
    void moreThanAPageIsOneSnapshotInTheOrderOfKeys() throws IOException {
        for (int number = 0; number < 1_234; number++) {
            from.create("/registry/many/" + number, bytes("{\"n\":" + number + "}"), null)
                    .join();
        }
        String export = new String(export(), StandardCharsets.UTF_8);
        assertThat(export.lines()).hasSize(1_236);
        assertThat(export.lines().skip(1).limit(1_234)).isSorted();
        assertThat(read(bytes(export))).isEqualTo(1_234);
    }

    @Test
    void noRevisionIsShownTwiceAndOldWatchersMustListAgain() throws IOException {
        long revision = 0;
        for (int number = 0; number < 50; number++) {
            revision = revision == 0
                    ? from.create("/registry/a", bytes("{\"n\":0}"), null).join()
                    : from.update("/registry/a", bytes("{\"n\":" + number + "}"), revision, null)
                            .join();
        }
        read(export());
        assertThat(to.currentRevision().join()).isGreaterThan(revision);
        var watcher = new RecordingSubscriber(Long.MAX_VALUE);
        to.watch(PREFIX, revision).subscribe(watcher);
        assertThat(watcher.awaitError()).isInstanceOf(StoreException.Compacted.class);
    }

    @Test
    void importedEventsStillEnd() throws IOException {
        from.create("/registry/events/default/e", bytes("{}"), HOUR).join();
        read(export());
        assertThat(to.get("/registry/events/default/e").join()).isNotNull();
        time.advance(HOUR.plusSeconds(10));
        assertThat(to.get("/registry/events/default/e").join()).isNull();
    }

    @Test
    void anExportThatIsCutShortOrNoneAtAllIsRefused() throws IOException {
        from.create("/registry/a", bytes("{}"), null).join();
        String export = new String(export(), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(bytes("apiVersion: v1\n")))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("line 1");
        assertThatThrownBy(() -> read(bytes("{\"objects\":0}\n"))).hasMessageContaining("not an export of a store");
        assertThat(to.count(PREFIX).join()).isZero();
        String cut = export.substring(0, export.indexOf("{\"objects\""));
        assertThatThrownBy(() -> read(bytes(cut))).hasMessageContaining("not whole");
    }

    @Test
    void aStoreThatHoldsSomethingIsNotOverwritten() throws IOException {
        to.create("/registry/mine", bytes("{}"), null).join();
        byte[] export = export();
        assertThatThrownBy(() -> read(export)).hasMessageContaining("holds 1 objects already");
    }
}
