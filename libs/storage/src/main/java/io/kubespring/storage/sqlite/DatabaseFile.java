package io.kubespring.storage.sqlite;

import io.kubespring.storage.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database is still the file that was opened. SQLite goes on writing into one that was deleted, moved or
 * replaced, and nobody would find those writes after a restart.
 */
final class DatabaseFile {

    private final Path path;
    private final @Nullable Object key;

    private DatabaseFile(Path path, @Nullable Object key) {
        this.path = path;
        this.key = key;
    }

    static DatabaseFile opened(Path path) {
        return new DatabaseFile(path, key(path));
    }

    /** @throws StoreException.Unavailable where it is not */
    void requireInPlace() {
        Object now = key(path);
        if (now == null ? key != null : !now.equals(key)) {
            throw new StoreException.Unavailable(path + " is not the file that was opened any more", null);
        }
    }

    /** Device and inode; null where the platform has none. */
    private static @Nullable Object key(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException gone) {
            throw new StoreException.Unavailable("cannot find " + path, gone);
        }
    }
}
