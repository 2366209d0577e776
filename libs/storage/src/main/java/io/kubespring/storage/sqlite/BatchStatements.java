package io.kubespring.storage.sqlite;

import io.kubespring.storage.embedded.Slot;
import io.kubespring.storage.history.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes a batch of changes as one transaction. After a failure it is of no further use. */
final class BatchStatements {

    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement delete;
    private final PreparedStatement setRevision;

    BatchStatements(Connection connection) throws SQLException {
        begin = connection.prepareStatement("BEGIN IMMEDIATE");
        commit = connection.prepareStatement("COMMIT");
        insert = connection.prepareStatement(
                "INSERT INTO objects (id, key, value, revision, expires) VALUES (?, ?, ?, ?, ?)");
        update = connection.prepareStatement("UPDATE objects SET value = ?, revision = ?, expires = ? WHERE id = ?");
        delete = connection.prepareStatement("DELETE FROM objects WHERE id = ?");
        setRevision = connection.prepareStatement("UPDATE store SET current_revision = ?");
    }

    /** Returns when the transaction is durable. */
    void write(List<Change<Slot>> changes, long revision) throws SQLException {
        begin.executeUpdate();
        for (Change<Slot> change : changes) {
            write(change);
        }
        setRevision.setLong(1, revision);
        setRevision.executeUpdate();
        commit.executeUpdate();
    }

    private void write(Change<Slot> change) throws SQLException {
        Slot next = change.value();
        Slot previous = change.previous();
        if (next == null) {
            if (previous != null) {
                delete.setLong(1, previous.id());
                delete.executeUpdate();
            }
        } else if (previous == null) {
            insert.setLong(1, next.id());
            insert.setString(2, next.entry().key());
            insert.setBytes(3, next.entry().value());
            insert.setLong(4, next.entry().revision());
            insert.setLong(5, next.expires());
            insert.executeUpdate();
        } else {
            update.setBytes(1, next.entry().value());
            update.setLong(2, next.entry().revision());
            update.setLong(3, next.expires());
            update.setLong(4, next.id());
            update.executeUpdate();
        }
    }
}
