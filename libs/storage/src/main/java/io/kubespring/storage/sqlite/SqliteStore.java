package io.kubespring.storage.sqlite;

import io.kubespring.api.time.TimeSource;
import io.kubespring.storage.Store;
import io.kubespring.storage.StoreException;
import io.kubespring.storage.embedded.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An {@link EmbeddedStore} over a SQLite database, with one thread that writes and one that publishes. */
public final class SqliteStore {

    private static final int CLOSE_SECONDS = 30;

    private SqliteStore() {}

    public static Store open(Path database, TimeSource time) {
        return open(database, time, SqliteOptions.DEFAULT);
    }

    /**
     * @param database the file; it and its folder are created if there is none
     * @throws StoreException.Unavailable if it cannot be opened, or is open already
     */
    public static Store open(Path database, TimeSource time, SqliteOptions options) {
        Path absolute = database.toAbsolutePath();
        try {
            Path folder = absolute.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException failure) {
            throw new StoreException.Unavailable("cannot create the folder of " + absolute, failure);
        }
        SqliteJournal journal = SqliteJournal.open(absolute, options);
        ExecutorService writer = thread("store-writer");
        ExecutorService publisher = thread("store-publisher");
        try {
            return new EmbeddedStore(journal, journal.recover(), options.history(), time, writer, publisher, () -> {
                finish(writer);
                finish(publisher);
            });
        } catch (StoreException unreadable) {
            journal.close();
            writer.shutdown();
            publisher.shutdown();
            throw unreadable;
        }
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    private static void finish(ExecutorService executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
