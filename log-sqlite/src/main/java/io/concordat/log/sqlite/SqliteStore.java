package io.concordat.log.sqlite;

import io.concordat.engine.log.LogException;
import io.concordat.engine.log.LogRecord;
import io.concordat.engine.log.NewRecord;
import io.concordat.engine.log.RecordStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** The records of a log in its file. */
final class SqliteStore implements RecordStore {
    private static final Logger LOGGER = System.getLogger(SqliteEventLog.class.getName());

    /** How much a reading hands over at once, unless one append was larger. */
    private static final int RECORDS_AT_ONCE = 1024;

    private static final int BYTES_AT_ONCE = 1 << 20;

    private final LogFile file;
    private final Clock clock;
    private final String clusterId;
    private long nextOffset;

    /** Why nothing is written any more; null while all is well. */
    private @Nullable LogException broken;

    /**
     * @param file closed with this store
     */
    SqliteStore(LogFile file, Clock clock) {
        this.file = file;
        this.clock = clock;
        try {
            clusterId = file.meta("cluster.id");
            nextOffset = 1 + file.number("SELECT ifnull(max(seq), -1) FROM sqlite_sequence WHERE name = 'records'");
        } catch (SQLException e) {
            throw file.failure("cannot be read", e);
        }
    }

    @Override
    public String clusterId() {
        return clusterId;
    }

    @Override
    public List<LogRecord> append(List<NewRecord> records) {
        refuseIfBroken();
        List<LogRecord> batch = numbered(records);
        try {
            file.execute("BEGIN IMMEDIATE");
            insert(batch);
            commit();
        } catch (SQLException e) {
            LogException failure = file.failure("cannot be written", e);
            rollBack(failure);
            throw failure;
        } catch (RuntimeException | Error e) {
            rollBack(e);
            throw e;
        }
        nextOffset += batch.size();
        return batch;
    }

    private List<LogRecord> numbered(List<NewRecord> records) {
        Instant timestamp = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<LogRecord> batch = new ArrayList<>(records.size());
        for (NewRecord written : records) {
            batch.add(new LogRecord(
                    nextOffset + batch.size(), written.timestampAt(timestamp), written.key(), written.value()));
        }
        return List.copyOf(batch);
    }

    private void insert(List<LogRecord> batch) throws SQLException {
        // Prepared each time, as the driver closes a statement that has failed.
        try (PreparedStatement insert = file.connection()
                .prepareStatement(
                        "INSERT INTO records (\"offset\", batch, timestamp, \"key\", value) VALUES (?, ?, ?, ?, ?)")) {
            insert.setLong(2, nextOffset);
            for (LogRecord written : batch) {
                insert.setLong(1, written.offset());
                insert.setLong(3, written.timestamp().toEpochMilli());
                insert.setBytes(4, written.key());
                setValue(insert, written.value());
                insert.executeUpdate();
            }
        }
    }

    private static void setValue(PreparedStatement insert, byte @Nullable [] value) throws SQLException {
        if (value == null) {
            insert.setNull(5, Types.BLOB);
        } else {
            insert.setBytes(5, value);
        }
    }

    private void commit() throws SQLException {
        try {
            file.execute("COMMIT");
        } catch (SQLException e) {
            // A full disk is noticed while the pages are written, before the mark that makes them count.
            if (LogFile.primaryCode(e) == SQLiteErrorCode.SQLITE_FULL) {
                throw e;
            }
            broken = new LogException(
                    "The log file '" + file.path() + "' may or may not hold the last append: " + LogFile.reason(e),
                    e,
                    true);
            throw broken;
        }
    }

    private void rollBack(Throwable failure) {
        try {
            file.execute("ROLLBACK");
        } catch (SQLException e) {
            // As a rule SQLite has done so already. If not, the next BEGIN fails, and leads here again.
            failure.addSuppressed(e);
        }
    }

    @Override
    public void read(long from, Consumer<List<LogRecord>> batches) {
        refuseIfBroken();
        try (PreparedStatement select = file.connection()
                .prepareStatement("SELECT \"offset\", batch, timestamp, \"key\", value FROM records"
                        + " WHERE \"offset\" >= ? ORDER BY \"offset\"")) {
            select.setLong(1, from);
            try (ResultSet rows = select.executeQuery()) {
                Chunks chunks = new Chunks(batches);
                while (rows.next()) {
                    chunks.add(rows.getLong(2), record(rows));
                }
                chunks.handOver();
            }
        } catch (SQLException e) {
            throw file.failure("cannot be read", e);
        }
    }

    private static LogRecord record(ResultSet row) throws SQLException {
        return new LogRecord(row.getLong(1), Instant.ofEpochMilli(row.getLong(3)), row.getBytes(4), row.getBytes(5));
    }

    /**
     * Drops what later records of the same key have superseded. Order and offsets of the others stay.
     *
     * @throws LogException if the file is damaged. A full disk is only worth a warning, as all can still be read
     */
    void dropSuperseded() {
        try {
            file.execute("DELETE FROM records WHERE \"offset\" IN (SELECT \"offset\" FROM"
                    + " (SELECT \"offset\", lead(\"offset\") OVER (PARTITION BY \"key\" ORDER BY \"offset\") AS later FROM records)"
                    + " WHERE later IS NOT NULL)");
        } catch (SQLException e) {
            if (LogFile.primaryCode(e) != SQLiteErrorCode.SQLITE_FULL) {
                throw file.failure("cannot be tidied", e);
            }
            LOGGER.log(
                    Level.WARNING,
                    () -> "The log file '" + file.path() + "' keeps its superseded records: " + LogFile.reason(e));
        }
    }

    private void refuseIfBroken() {
        if (broken != null) {
            throw new LogException(broken.getMessage() + "; open the log again to find out", broken);
        }
    }

    @Override
    public void close() {
        file.close();
    }

    /** Gathers records, and hands them over cut only where an append ended. */
    private static final class Chunks {
        private final Consumer<List<LogRecord>> sink;
        private List<LogRecord> gathered = new ArrayList<>();
        private long bytes;
        private long batch;

        private Chunks(Consumer<List<LogRecord>> sink) {
            this.sink = sink;
        }

        private void add(long ofBatch, LogRecord next) {
            if (ofBatch != batch && (gathered.size() >= RECORDS_AT_ONCE || bytes >= BYTES_AT_ONCE)) {
                handOver();
            }
            batch = ofBatch;
            gathered.add(next);
            byte[] value = next.value();
            bytes += next.key().length + (value == null ? 0 : value.length);
        }

        private void handOver() {
            if (!gathered.isEmpty()) {
                sink.accept(Collections.unmodifiableList(gathered));
                gathered = new ArrayList<>();
                bytes = 0;
            }
        }
    }
}
