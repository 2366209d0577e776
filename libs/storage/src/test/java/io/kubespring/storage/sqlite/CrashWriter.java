package io.kubespring.storage.sqlite;

import io.kubespring.api.time.SystemTime;
import io.kubespring.storage.Store;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/**
 * A process made to be killed: it writes without end and says on its standard output which writes were answered, as
 * "key revision" lines.
 */
public final class CrashWriter {

    private static final int KEYS = 40;

    private final Store store;
    private final FileOutputStream output = new FileOutputStream(FileDescriptor.out);

    private CrashWriter(Store store) {
        this.store = store;
    }

    public static void main(String[] arguments) throws InterruptedException {
        var writer = new CrashWriter(SqliteStore.open(Path.of(arguments[0]), SystemTime.instance()));
        var waiting = new Semaphore(0);
        for (int key = 0; key < KEYS; key++) {
            writer.writeNext("/crash/" + key);
        }
        waiting.acquire();
    }

    /** Each key's next write follows the answer to its last. */
    private void writeNext(String key) {
        var current = store.get(key).join();
        byte[] value = (key + " ").repeat(100).getBytes(StandardCharsets.UTF_8);
        var write =
                current == null ? store.create(key, value, null) : store.update(key, value, current.revision(), null);
        write.thenAcceptAsync(revision -> {
            say(key + " " + revision + "\n");
            writeNext(key);
        });
    }

    private synchronized void say(String line) {
        try {
            output.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException nobodyListens) {
            Runtime.getRuntime().halt(1);
        }
    }
}
