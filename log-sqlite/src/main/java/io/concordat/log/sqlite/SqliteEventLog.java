package io.concordat.log.sqlite;

import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.LogException;
import io.concordat.engine.log.SerialEventLog;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;

/**
 * The log of one process, in a SQLite file that survives it.
 *
 * <p>An append is durable, on the disk itself, before it is acknowledged: each one is a transaction, so whoever has many
 * records at once appends them together. The file is locked while the log is open; beside it lie {@code -wal} files,
 * which belong to it until it is closed properly. Records superseded by later ones of the same key are dropped when the
 * log is opened; a tombstone that is the last of its key stays.
 *
 * <p>The lock is the operating system's: on POSIX, a process that opens the log's file by other means and closes it again
 * gives the lock up without noticing. To copy a log in use, copy the file and then its {@code -wal} file in another
 * process, while nothing is appended.
 *
 * <p>If it stays unknown whether an append was written, the log writes nothing more until it is opened again; a full
 * disk is no such case. A file that is damaged further inside than opening looks is found out by {@link #tail}.
 */
public final class SqliteEventLog implements EventLog {
    private final SerialEventLog log;

    private SqliteEventLog(SerialEventLog log) {
        this.log = log;
    }

    /** Opens the log in a file by the system's clock: see {@link #open(Path, Clock)}. */
    public static SqliteEventLog open(Path file) {
        return open(file, Clock.systemUTC());
    }

    /**
     * Opens the log in a file, which is made if there is none; its folder must exist.
     *
     * @param clock gives the records their timestamps
     * @throws LogException if the file cannot be read and written, is in use, is damaged, is no log, or was written by a
     *     later release. What was in it is unchanged then
     */
    public static SqliteEventLog open(Path file, Clock clock) {
        Objects.requireNonNull(clock, "clock");
        return over(LogFile.open(file), clock);
    }

    /** The log in a file that is open, and closed with the log. */
    static SqliteEventLog over(LogFile file, Clock clock) {
        try {
            SqliteStore store = new SqliteStore(file, clock);
            store.dropSuperseded();
            return new SqliteEventLog(new SerialEventLog(file.path().toString(), store));
        } catch (RuntimeException | Error e) {
            file.closeAfter(e);
            throw e;
        }
    }

    /**
     * Says where SQLite's native library is unpacked: instead of {@code java.io.tmpdir}, which some installations mount
     * without the right to execute.
     *
     * <p>It is the system property {@code org.sqlite.tmpdir}, one for the whole process. The library is loaded once, when
     * the first file is opened, so this comes before that; afterwards there is nothing left to unpack.
     *
     * @param folder must exist and allow programs to be run from it
     */
    public static void unpackNativeLibraryIn(Path folder) {
        System.setProperty("org.sqlite.tmpdir", folder.toAbsolutePath().toString());
    }

    @Override
    public String clusterId() {
        return log.clusterId();
    }

    @Override
    public Tail tail(long from, Sink sink) {
        return log.tail(from, sink);
    }

    @Override
    public Writer openWriter() {
        return log.openWriter();
    }

    @Override
    public void close() {
        log.close();
    }
}
