package io.kubespring.storage.sqlite;

import io.kubespring.storage.Store.Entry;
import io.kubespring.storage.StoreException;
import io.kubespring.storage.embedded.Journal;
import io.kubespring.storage.embedded.Slot;
import io.kubespring.storage.history.Change;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The present state in one table, each batch one transaction. {@code synchronous=FULL} in WAL mode syncs the log before
 * a commit returns. Rows are found by an id that memory knows, so that a write touches one place of one tree.
 */
final class SqliteJournal implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteJournal.class);

    private static final int SCHEMA_VERSION = 1;
    private static final int PAGE_BYTES = 4096;

    /** The log is copied into the database whenever it holds this many pages. */
    private static final int CHECKPOINT_PAGES = 4096;

    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE objects (id INTEGER PRIMARY KEY, key TEXT NOT NULL, value BLOB NOT NULL,"
                    + " revision INTEGER NOT NULL, expires INTEGER NOT NULL)",
            "CREATE TABLE store (current_revision INTEGER NOT NULL)",
            "INSERT INTO store VALUES (1)",
            "PRAGMA user_version = " + SCHEMA_VERSION);

    private final DatabaseLock lock;
    private final Connection connection;
    private final DatabaseFile file;
    private @Nullable BatchStatements statements;

    private SqliteJournal(DatabaseLock lock, Connection connection, DatabaseFile file) {
        this.lock = lock;
        this.connection = connection;
        this.file = file;
    }

    /** Opens the database, creating it if there is none, and takes its lock. */
    static SqliteJournal open(Path database, SqliteOptions options) {
        DatabaseLock lock = DatabaseLock.acquire(database);
        @Nullable Connection connection = null;
        try {
            connection = connect(database);
            prepare(connection, options);
            return new SqliteJournal(lock, connection, DatabaseFile.opened(database));
        } catch (SQLException failure) {
            closeQuietly(connection);
            lock.close();
            throw new StoreException.Unavailable(
                    "cannot open database " + database + ": " + failure.getMessage(), failure);
        }
    }

    private static Connection connect(Path database) throws SQLException {
        var config = new SQLiteConfig();
        config.setPageSize(PAGE_BYTES);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(10_000);
        config.setPragma(SQLiteConfig.Pragma.JOURNAL_SIZE_LIMIT, Integer.toString(64 << 20));
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + database);
        return source.getConnection();
    }

    private static void prepare(Connection connection, SqliteOptions options) throws SQLException {
        requirePragma(connection, "journal_mode", "wal");
        requirePragma(connection, "synchronous", "2");
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
            statement.execute("PRAGMA max_page_count = " + Math.max(1, options.maxBytes() / PAGE_BYTES));
            int version = Integer.parseInt(pragma(connection, "user_version"));
            if (version == 0) {
                statement.execute("BEGIN");
                for (String definition : SCHEMA) {
                    statement.execute(definition);
                }
                statement.execute("COMMIT");
            } else if (version != SCHEMA_VERSION) {
                throw new SQLException("it has format " + version + ", this version knows " + SCHEMA_VERSION);
            }
        }
    }

    /** Durability rests on these, so they are read back rather than believed. */
    private static void requirePragma(Connection connection, String name, String expected) throws SQLException {
        String actual = pragma(connection, name);
        if (!actual.equals(expected)) {
            throw new SQLException(name + " is " + actual + " instead of " + expected);
        }
    }

    private static String pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA " + name)) {
            return result.next() ? result.getString(1) : "";
        }
    }

    Recovered recover() {
        try (Statement statement = connection.createStatement()) {
            List<Slot> slots = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT id, key, value, revision, expires FROM objects")) {
                while (rows.next()) {
                    var entry = new Entry(rows.getString(2), rows.getBytes(3), rows.getLong(4));
                    slots.add(new Slot(entry, rows.getLong(1), rows.getLong(5)));
                }
            }
            return new Recovered(slots, durableRevision());
        } catch (SQLException failure) {
            throw new StoreException.Unavailable("cannot read the database: " + failure.getMessage(), failure);
        }
    }

    private long durableRevision() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_revision FROM store")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void commit(List<Change<Slot>> changes, long revision) {
        try {
            BatchStatements ready = statements;
            if (ready == null) {
                ready = new BatchStatements(connection);
                statements = ready;
            }
            ready.write(changes, revision);
        } catch (SQLException failure) {
            // The driver closes a statement that failed.
            statements = null;
            if (!happenedAllTheSame(revision)) {
                throw new StoreException.Unavailable(
                        "the database refused the write: " + failure.getMessage(), failure);
            }
        }
    }

    @Override
    public void check() {
        file.requireInPlace();
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            // There and back: the page counts as changed, so that the commit writes and syncs.
            statement.execute("UPDATE store SET current_revision = current_revision + 1");
            statement.execute("UPDATE store SET current_revision = current_revision - 1");
            statement.execute("COMMIT");
        } catch (SQLException failure) {
            rollBack();
            throw new StoreException.Unavailable("the database refuses writes: " + failure.getMessage(), failure);
        }
    }

    /** After a failure: ends the transaction, then asks the database whether it counts. */
    private boolean happenedAllTheSame(long revision) {
        rollBack();
        try {
            return durableRevision() == revision;
        } catch (SQLException unreadable) {
            LOG.error("The database cannot be read after a failed write", unreadable);
            return false;
        }
    }

    private void rollBack() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException endedAlready) {
            LOG.debug("Rollback after a failed write: {}", endedAlready.getMessage());
        }
    }

    @Override
    public void close() {
        closeQuietly(connection);
        lock.close();
    }

    private static void closeQuietly(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException failure) {
                LOG.warn("Closing the database: {}", failure.getMessage());
            }
        }
    }
}
