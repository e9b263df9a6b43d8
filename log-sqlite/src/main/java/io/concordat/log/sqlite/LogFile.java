package io.concordat.log.sqlite;

import io.concordat.engine.log.ClusterId;
import io.concordat.engine.log.LogException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteJDBCLoader;

/** A log's file, open and locked: known to be a log of a format that this release knows. */
final class LogFile implements AutoCloseable {
    /** "CnCd" in ASCII: tells the file from those of other applications, also for the {@code file} command. */
    static final int APPLICATION_ID = 0x436e4364;

    static final int FORMAT = 1;

    private static final int PRIMARY_CODE = 0xff;

    private final Path path;
    private final Connection connection;

    private LogFile(Path path, Connection connection) {
        this.path = path;
        this.connection = connection;
    }

    /**
     * @throws LogException if that cannot be done. The file is changed only if it is empty
     */
    static LogFile open(Path path) {
        refuseImpossible(path);
        LogFile file = new LogFile(path, connect(path));
        try {
            file.lock();
            if (file.isNew()) {
                file.writeAheadWithFullSync();
                file.create();
            } else {
                file.refuseForeign();
                file.writeAheadWithFullSync();
            }
            return file;
        } catch (SQLException e) {
            LogException failure = file.failure("cannot be opened", e);
            file.closeAfter(failure);
            throw failure;
        } catch (RuntimeException | Error e) {
            file.closeAfter(e);
            throw e;
        }
    }

    private static void refuseImpossible(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(path)) {
            throw new LogException("The log file '" + path + "' is a folder; name a file in it", null);
        }
        if (!Files.isDirectory(folder)) {
            throw new LogException(
                    "The log file '" + path + "' cannot be made: there is no folder '" + folder + "'; make it first",
                    null);
        }
        refuseReadOnly(path, folder);
        if (Files.exists(path)) {
            refuseReadOnly(path, path);
        }
    }

    private static void refuseReadOnly(Path path, Path needed) {
        if (!Files.isWritable(needed)) {
            throw new LogException(
                    "The log file '" + path + "' cannot be written: this user may not write to '" + needed + "'", null);
        }
    }

    private static Connection connect(Path path) {
        loadLibrary(path);
        // As a URI, so that no character of the path has a meaning of its own.
        String url = JDBC.PREFIX + path.toAbsolutePath().toUri();
        Properties settings = new Properties();
        settings.setProperty("busy_timeout", "0");
        try {
            return JDBC.createConnection(url, settings);
        } catch (SQLException e) {
            throw failure(path, "cannot be opened", e);
        }
    }

    /** Done by the driver too, but there its failure says nothing. */
    private static void loadLibrary(Path path) {
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            throw new LogException(
                    "The log file '" + path + "' cannot be opened: SQLite's native library could not be unpacked to '"
                            + System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir"))
                            + "' and loaded from there; name a folder that can be written, and from which programs may run,"
                            + " in the system property org.sqlite.tmpdir",
                    e);
        }
    }

    private void lock() throws SQLException {
        execute("PRAGMA locking_mode=EXCLUSIVE");
        // Takes the lock, which this mode then keeps, and writes nothing.
        execute("BEGIN EXCLUSIVE");
        execute("COMMIT");
    }

    private boolean isNew() throws SQLException {
        return number("PRAGMA application_id") == 0 && number("SELECT count(*) FROM sqlite_schema") == 0;
    }

    private void refuseForeign() throws SQLException {
        long application = number("PRAGMA application_id");
        if (application != APPLICATION_ID) {
            throw new LogException(
                    "The file '" + path + "' is a SQLite database of another application (id " + application
                            + "), not a log; name another file",
                    null);
        }
        String format = meta("format");
        if (!String.valueOf(FORMAT).equals(format)) {
            throw new LogException(
                    "The log file '" + path + "' has format " + format + ", and this release knows " + FORMAT
                            + "; open it with the release that wrote it or a later one",
                    null);
        }
    }

    private void writeAheadWithFullSync() throws SQLException {
        String mode = text("PRAGMA journal_mode=WAL");
        if (!"wal".equalsIgnoreCase(mode)) {
            throw new LogException(
                    "The log file '" + path
                            + "' cannot be opened: its file system supports no write-ahead log (journal mode '" + mode
                            + "'); keep it on a local disk",
                    null);
        }
        execute("PRAGMA synchronous=FULL");
        // On macOS, where else a sync ends in the drive's cache; elsewhere it means nothing.
        execute("PRAGMA fullfsync=ON");
    }

    private void create() throws SQLException {
        execute("BEGIN IMMEDIATE");
        execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID");
        execute("CREATE TABLE records (\"offset\" INTEGER PRIMARY KEY AUTOINCREMENT, batch INTEGER NOT NULL,"
                + " timestamp INTEGER NOT NULL, \"key\" BLOB NOT NULL, value BLOB) STRICT");
        execute("CREATE INDEX records_by_key ON records (\"key\")");
        execute("INSERT INTO meta VALUES ('format', '" + FORMAT + "'), ('cluster.id', '" + ClusterId.random() + "')");
        execute("PRAGMA application_id=" + APPLICATION_ID);
        execute("COMMIT");
    }

    Path path() {
        return path;
    }

    Connection connection() {
        return connection;
    }

    /** What stands under a name in the file's description of itself. */
    String meta(String name) throws SQLException {
        String value = text("SELECT value FROM meta WHERE name = '" + name + "'");
        if (value == null) {
            throw new LogException("The log file '" + path + "' is damaged: it does not say its " + name, null);
        }
        return value;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private @Nullable String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    /** What a failure of SQLite means for the user of this file. It has changed nothing. */
    LogException failure(String what, SQLException cause) {
        return failure(path, what, cause);
    }

    private static LogException failure(Path path, String what, SQLException cause) {
        return new LogException("The log file '" + path + "' " + what + ": " + reason(cause), cause);
    }

    static String reason(SQLException cause) {
        return switch (primaryCode(cause)) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                "it is in use, by another process or by another log in this one; end that first";
            case SQLITE_NOTADB ->
                "it is not a SQLite database, or its beginning is damaged; name another file, or bring back a copy";
            case SQLITE_CORRUPT -> "it is damaged; bring back a copy (" + cause.getMessage() + ")";
            case SQLITE_FULL -> "there is no room left on the disk (" + cause.getMessage() + ")";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
                "this user may not read and write it and its folder (" + cause.getMessage() + ")";
            default -> String.valueOf(cause.getMessage());
        };
    }

    /** The kind of a failure: SQLite's codes carry details in their upper bits. */
    static SQLiteErrorCode primaryCode(SQLException failure) {
        return SQLiteErrorCode.getErrorCode(failure.getErrorCode() & PRIMARY_CODE);
    }

    /** Closes the file on the way out of a failure. */
    void closeAfter(Throwable failure) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure("was not closed properly", e);
        }
    }
}
