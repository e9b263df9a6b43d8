package io.concordat.log.sqlite;

import static io.concordat.log.sqlite.Appends.append;
import static io.concordat.log.sqlite.Appends.content;
import static io.concordat.log.sqlite.Appends.record;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.engine.log.LogException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The file under the log. Nothing here reads the file of a log that is open in this process: closing it again would
 * take away SQLite's lock.
 */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class SqliteFileTest {
    private static final int PAGE = 4096;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("log.db");
    }

    private void make(String... keys) {
        try (SqliteEventLog log = SqliteEventLog.open(file)) {
            for (String key : keys) {
                append(log, key);
            }
        }
    }

    /** Opening fails in one sentence that names the file, and leaves it as it was. */
    private void assertRefused(String why) throws IOException {
        byte[] before = Files.readAllBytes(file);

        assertNotOpened(file, why);

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside).containsExactly(file);
        }
    }

    private static void assertNotOpened(Path file, String why) {
        assertFails(() -> SqliteEventLog.open(file).close(), file, why);
    }

    private static void assertFails(ThrowingCallable call, Path file, String why) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        LogException.class,
                        failure -> assertThat(failure.isOutcomeUnknown()).isFalse())
                .hasMessageContaining("'" + file + "'")
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }

    private static void execute(Path file, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String query(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getString(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b.db", "what?foreign_keys=on.db", "50%41 #1;x'\".db", "größe-日本.db", "noextension"})
    void open_anyFileName_makesThatFile(String name) {
        file = folder.resolve(name);
        make("a");

        assertThat(file).isNotEmptyFile();
        try (SqliteEventLog log = SqliteEventLog.open(file)) {
            assertThat(content(log)).containsExactly("0 a");
        }
    }

    @Test
    void open_emptyFile_makesTheLogInIt() throws IOException {
        Files.createFile(file);

        make("a");

        try (SqliteEventLog log = SqliteEventLog.open(file)) {
            assertThat(content(log)).containsExactly("0 a");
        }
    }

    @Test
    void open_newFile_saysWhatItIs() throws SQLException, IOException {
        make("a");

        assertThat(query(file, "PRAGMA application_id")).isEqualTo(Integer.toString(LogFile.APPLICATION_ID));
        assertThat(query(file, "PRAGMA journal_mode")).isEqualTo("wal");
        assertThat(query(file, "SELECT value FROM meta WHERE name = 'format'")).isEqualTo("1");
        assertThat(query(file, "PRAGMA integrity_check")).isEqualTo("ok");
    }

    @Test
    void open_missingFolder_isRefused() {
        Path missing = folder.resolve("missing");

        assertNotOpened(missing.resolve("log.db"), "there is no folder '" + missing + "'");
        assertThat(missing).doesNotExist();
    }

    @Test
    void open_folder_isRefused() {
        assertNotOpened(folder, "is a folder");
    }

    @Test
    void open_folderThatTakesNoFiles_isRefused() {
        // No user may make files there, not even root, whom permissions do not stop; where there is none, it is
        // missing.
        assertNotOpened(Path.of("/proc/concordat-log.db"), "/proc");
    }

    @Test
    void open_textFile_isRefused() throws IOException {
        Files.writeString(file, "This is no database, and long enough to be sure of it.\n".repeat(200));

        assertRefused("not a SQLite database");
    }

    @Test
    void open_damagedHeader_isRefused() throws IOException {
        make("a");
        overwrite(0, "damaged".getBytes(US_ASCII));

        assertRefused("not a SQLite database");
    }

    @Test
    void open_truncatedFile_isRefused() throws IOException {
        make("a", "b", "c");
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.setLength(2 * PAGE);
        }

        assertRefused("damaged");
    }

    @Test
    void open_databaseOfAnotherApplication_isRefused() throws Exception {
        execute(file, "CREATE TABLE records (id INTEGER)", "INSERT INTO records VALUES (1)");

        assertRefused("another application");
    }

    @Test
    void open_laterFormat_isRefused() throws Exception {
        make("a");
        execute(file, "UPDATE meta SET value = '2' WHERE name = 'format'");

        assertRefused("format 2, and this release knows 1");
    }

    @Test
    void open_withoutFormat_isRefused() throws Exception {
        make("a");
        execute(file, "DELETE FROM meta WHERE name = 'format'");

        assertRefused("does not say its format");
    }

    @Test
    void open_withoutRecordsTable_isRefused() throws Exception {
        make("a");
        execute(file, "DROP TABLE records");

        assertRefused("no such table");
    }

    @Test
    void tail_damagedPageInside_fails() throws Exception {
        byte[] value = new byte[1000];
        try (SqliteEventLog log = SqliteEventLog.open(file)) {
            for (int i = 0; i < 500; i++) {
                append(log, List.of(record("key " + i, value)));
            }
        }
        long page = Long.parseLong(
                query(file, "SELECT max(pageno) FROM dbstat WHERE name = 'records' AND pagetype = 'leaf'"));
        byte[] garbage = new byte[PAGE];
        Arrays.fill(garbage, (byte) 0xa5);
        overwrite((page - 1) * PAGE, garbage);

        assertFails(
                () -> {
                    try (SqliteEventLog log = SqliteEventLog.open(file)) {
                        log.tail(0, batch -> {});
                    }
                },
                file,
                "damaged");
    }

    private void overwrite(long position, byte[] bytes) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.seek(position);
            content.write(bytes);
        }
    }

    @Test
    void open_twiceInThisProcess_isRefusedUntilTheFirstIsClosed() {
        try (SqliteEventLog log = SqliteEventLog.open(file)) {
            append(log, "a");

            assertNotOpened(file, "it is in use");

            append(log, "b");
        }
        try (SqliteEventLog log = SqliteEventLog.open(file)) {
            assertThat(content(log)).containsExactly("0 a", "1 b");
        }
    }

    @Test
    void open_inTwoProcesses_isRefusedToTheSecond() throws Exception {
        try (SqliteEventLog log = SqliteEventLog.open(file);
                LogProcess other = LogProcess.start(folder, file, "b")) {
            assertThat(other.answer()).contains("LogException", file.toString(), "it is in use");

            append(log, "a");
            assertThat(content(log)).containsExactly("0 a");
        }
    }

    @Test
    void open_whileAnotherProcessHasIt_isRefusedAndWorksOnceThatIsKilled() throws Exception {
        try (LogProcess other = LogProcess.start(folder, file, "a", "b")) {
            assertThat(other.answer()).isEqualTo("1");

            assertNotOpened(file, "it is in use");
        }
        try (SqliteEventLog log = SqliteEventLog.open(file)) {
            assertThat(content(log)).containsExactly("0 a", "1 b");
            assertThat(append(log, "c")).isEqualTo(2);
        }
    }

    @Test
    void unpackNativeLibraryIn_folder_holdsTheLibraryInsteadOfTheTemporaryOne() throws Exception {
        Path libraries = Files.createDirectory(folder.resolve("libraries"));
        try (LogProcess other = LogProcess.start(libraries, file, "a")) {
            assertThat(other.answer()).isEqualTo("0");

            try (Stream<Path> unpacked = Files.list(libraries)) {
                assertThat(unpacked)
                        .anyMatch(path -> path.getFileName().toString().contains("sqlitejdbc"));
            }
        }
    }

    @Test
    void unpackNativeLibraryIn_missingFolder_isRefusedWhenTheLogIsOpened() throws Exception {
        Path missing = folder.resolve("missing");
        try (LogProcess other = LogProcess.start(missing, file, "a")) {
            assertThat(other.answer())
                    .contains("LogException", file.toString(), missing.toString(), "org.sqlite.tmpdir");
        }
    }

    @Test
    void open_copyOfTheFilesOfALogInUse_hasWhatWasAcknowledged() throws Exception {
        Path copy = folder.resolve("copy.db");
        try (LogProcess other = LogProcess.start(folder, file, "a", "b", "c")) {
            assertThat(other.answer()).isEqualTo("2");
            Files.copy(file, copy);
            Files.copy(beside(file, "-wal"), beside(copy, "-wal"));
        }

        try (SqliteEventLog log = SqliteEventLog.open(copy)) {
            assertThat(content(log)).containsExactly("0 a", "1 b", "2 c");
        }
    }

    @Test
    void open_afterATornLastWrite_hasEveryEarlierAppendAndNothingOfTheTornOne() throws Exception {
        try (LogProcess other = LogProcess.start(folder, file, "a", "b", "c")) {
            assertThat(other.answer()).isEqualTo("2");
        }
        try (RandomAccessFile log = new RandomAccessFile(beside(file, "-wal").toFile(), "rw")) {
            log.setLength(log.length() - PAGE / 2);
        }

        try (SqliteEventLog log = SqliteEventLog.open(file)) {
            assertThat(content(log)).containsExactly("0 a", "1 b");
        }
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    @Test
    void open_supersededRecords_areDroppedAndTheOthersStayWhereTheyWere() throws Exception {
        make("a", "b", "a", "c", "b", "b");
        assertThat(query(file, "SELECT count(*) FROM records")).isEqualTo("6");

        for (int i = 0; i < 2; i++) {
            try (SqliteEventLog log = SqliteEventLog.open(file)) {
                assertThat(content(log)).containsExactly("2 a", "3 c", "5 b");
            }
        }
    }

    @Test
    void open_supersededWithinOneAppend_keepsTheLast() {
        try (SqliteEventLog log = SqliteEventLog.open(file)) {
            append(log, "a", "b", "a");
        }

        try (SqliteEventLog log = SqliteEventLog.open(file)) {
            assertThat(content(log)).containsExactly("1 b", "2 a");
        }
    }

    @Test
    void append_afterTheLastRecordsWereRemoved_takesNewOffsets() throws Exception {
        make("a", "b", "c");
        execute(file, "DELETE FROM records WHERE \"offset\" > 0");

        try (SqliteEventLog log = SqliteEventLog.open(file)) {
            assertThat(append(log, "d")).isEqualTo(3);
        }
    }

    @Test
    void append_firstOne_hasOffsetZero() {
        try (SqliteEventLog log = SqliteEventLog.open(file)) {
            assertThat(append(log, "a")).isZero();
        }
    }

    @Test
    void append_noRoomLeft_changesNothingAndWorksAgainOnceThereIs() throws Exception {
        byte[] large = new byte[50 * PAGE];
        new Random(3).nextBytes(large);
        LogFile opened = LogFile.open(file);
        opened.number("PRAGMA max_page_count=30");
        try (SqliteEventLog log = SqliteEventLog.over(opened, Clock.systemUTC())) {
            append(log, "a");

            assertFails(
                    () -> append(log, List.of(record("b", new byte[0]), record("large", large))), file, "no room left");
            assertThat(content(log)).containsExactly("0 a");
            append(log, "c");

            opened.number("PRAGMA max_page_count=1000");
            append(log, List.of(record("large", large)));
            assertThat(content(log)).containsExactly("0 a", "1 c", "2 large");
        }
    }

    @Test
    void append_oneRecordFails_changesNothing() throws Exception {
        make("a");
        execute(
                file,
                "CREATE TRIGGER refusal BEFORE INSERT ON records WHEN NEW.\"key\" = CAST('bad' AS BLOB)"
                        + " BEGIN SELECT RAISE(ABORT, 'refused by a trigger'); END");
        try (SqliteEventLog log = SqliteEventLog.open(file)) {
            assertFails(() -> append(log, "b", "bad"), file, "refused by a trigger");
            assertThat(append(log, "c")).isEqualTo(1);
            assertThat(content(log)).containsExactly("0 a", "1 c");
        }
    }

    @Test
    void append_commitFails_leavesTheOutcomeUnknownAndEndsTheWriting() throws Exception {
        make("a");
        execute(
                file,
                "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
                "CREATE TABLE child (id INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED)",
                "CREATE TRIGGER orphan AFTER INSERT ON records WHEN NEW.\"key\" = CAST('bad' AS BLOB)"
                        + " BEGIN INSERT INTO child VALUES (1); END");
        LogFile opened = LogFile.open(file);
        opened.execute("PRAGMA foreign_keys=ON");
        try (SqliteEventLog log = SqliteEventLog.over(opened, Clock.systemUTC())) {
            append(log, "b");

            assertThatThrownBy(() -> append(log, "bad"))
                    .isInstanceOfSatisfying(
                            LogException.class,
                            failure -> assertThat(failure.isOutcomeUnknown()).isTrue())
                    .hasMessageContaining(file.toString());
            assertFails(() -> append(log, "c"), file, "open the log again");
            assertFails(() -> content(log), file, "open the log again");
        }
        try (SqliteEventLog log = SqliteEventLog.open(file)) {
            assertThat(content(log)).containsExactly("0 a", "1 b");
        }
    }
}
