package io.concordat.engine.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.api.json.Json;
import io.concordat.api.json.JsonShape;
import io.concordat.api.json.MalformedJsonException;
import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.LogException;
import io.concordat.engine.log.LogRecord;
import io.concordat.engine.log.NewRecord;
import io.concordat.engine.record.LogEvent;
import io.concordat.engine.record.LogEvent.Marks;
import io.concordat.engine.record.RecordFormat;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A whole log in a file: a line for each record, between one that names the registry and one that proves the rest.
 *
 * <p>What a registry is, is all in its records: schemas, settings, the marks of its ids, its identity. A log that has not
 * been written by this make has no record of its identity; importing adds one.
 */
public final class LogArchive {
    private static final String FORMAT = "concordat-log";
    private static final int VERSION = 1;
    private static final int RECORDS_AT_ONCE = 500;

    private LogArchive() {}

    /**
     * Writes everything that is in a log now.
     *
     * @param file replaced if it is there, once all has been written
     * @return how many records
     * @throws IOException if the file cannot be written
     * @throws LogException if the log cannot be read
     */
    public static long export(EventLog log, Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        long[] count = {0};
        MessageDigest digest = digest();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
            Map<String, Object> header = new LinkedHashMap<>();
            header.put("format", FORMAT);
            header.put("version", VERSION);
            header.put("clusterId", log.clusterId());
            write(out, Json.write(header));
            log.tail(
                            0,
                            batch -> batch.forEach(record -> {
                                byte[] line = ArchivedRecord.of(record).line();
                                digest.update(line);
                                writeUnchecked(out, line);
                                count[0]++;
                            }))
                    .close();
            Map<String, Object> end = new LinkedHashMap<>();
            end.put("records", count[0]);
            end.put("sha256", HexFormat.of().formatHex(digest.digest()));
            write(out, Json.write(end));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        return count[0];
    }

    private static void writeUnchecked(OutputStream out, byte[] line) {
        try {
            write(out, line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(OutputStream out, byte[] line) throws IOException {
        out.write(line);
        out.write('\n');
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Brings a log to where an archive is, and compares the two.
     *
     * <p>The log must be empty, or hold the beginning of the archive: then an earlier import is gone on with. Nothing is
     * written if the archive is damaged or the log holds anything else.
     *
     * @return how many records have been written
     * @throws IOException if the file cannot be read or is no whole archive
     * @throws LogException if the log holds something else, or cannot be written
     */
    public static long importInto(EventLog log, Path file) throws IOException {
        List<ArchivedRecord> wanted = read(file);
        List<ArchivedRecord> there = contents(log);
        int from = continuation(wanted, there, file);
        try (EventLog.Writer writer = log.openWriter()) {
            for (int i = from; i < wanted.size(); i += RECORDS_AT_ONCE) {
                append(writer, wanted.subList(i, Math.min(wanted.size(), i + RECORDS_AT_ONCE)));
            }
        }
        verify(wanted, contents(log), file);
        return (long) wanted.size() - from;
    }

    private static void append(EventLog.Writer writer, List<ArchivedRecord> records) {
        List<NewRecord> added = records.stream().map(ArchivedRecord::toAppend).toList();
        try {
            writer.append(added).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof LogException failure ? failure : e;
        }
    }

    private static List<ArchivedRecord> contents(EventLog log) {
        List<ArchivedRecord> records = new ArrayList<>();
        log.tail(0, batch -> batch.stream().map(ArchivedRecord::of).forEach(records::add))
                .close();
        return records;
    }

    private static List<ArchivedRecord> read(Path file) throws IOException {
        List<ArchivedRecord> records = new ArrayList<>();
        MessageDigest digest = digest();
        try (BufferedReader lines = Files.newBufferedReader(file, UTF_8)) {
            String clusterId = header(lines.readLine(), file);
            boolean marked = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                byte[] bytes = line.getBytes(UTF_8);
                Map<?, ?> members = JsonShape.object("line", Json.read(bytes));
                if (members.containsKey("sha256")) {
                    requireWhole(members, records.size(), digest, file);
                    if (!marked) {
                        records.add(identity(clusterId, records));
                    }
                    return records;
                }
                digest.update(bytes);
                ArchivedRecord record = ArchivedRecord.of(members);
                marked |= isMarks(record);
                records.add(record);
            }
        } catch (MalformedJsonException | IllegalArgumentException e) {
            throw new IOException("'" + file + "' is no archive of a log, or damaged: " + e.getMessage(), e);
        }
        throw new IOException("'" + file + "' is not complete: its last line is missing");
    }

    private static String header(@Nullable String line, Path file) throws IOException {
        Map<?, ?> header = line == null ? Map.of() : JsonShape.object("line", Json.read(line.getBytes(UTF_8)));
        if (!FORMAT.equals(header.get("format"))) {
            throw new IOException("'" + file + "' is no archive of a log");
        }
        if (JsonShape.number("version", header.get("version")) != VERSION) {
            throw new IOException("'" + file + "' has been written by a later release");
        }
        return JsonShape.text("clusterId", header.get("clusterId"));
    }

    private static void requireWhole(Map<?, ?> end, int count, MessageDigest digest, Path file) throws IOException {
        String proof = HexFormat.of().formatHex(digest.digest());
        if (!proof.equals(end.get("sha256")) || !String.valueOf(count).equals(String.valueOf(end.get("records")))) {
            throw new IOException(
                    "'" + file + "' is damaged: its " + count + " records are not those that were written");
        }
    }

    private static boolean isMarks(ArchivedRecord record) {
        return RecordFormat.decode(new LogRecord(0, record.timestamp(), record.key(), record.value())) instanceof Marks;
    }

    /** Who the registry was is not to be lost with its place. */
    private static ArchivedRecord identity(String clusterId, List<ArchivedRecord> records) {
        Instant timestamp = records.isEmpty()
                ? Instant.EPOCH
                : records.get(records.size() - 1).timestamp();
        LogEvent marks = new Marks(clusterId, Map.of());
        NewRecord encoded = RecordFormat.encode(marks);
        return new ArchivedRecord(timestamp, encoded.key(), encoded.value());
    }

    /** Where an import has to go on: behind the last record that is there already. */
    private static int continuation(List<ArchivedRecord> wanted, List<ArchivedRecord> there, Path file) {
        int next = 0;
        for (ArchivedRecord record : there) {
            // What a log has forgotten in the meantime is passed over.
            while (next < wanted.size() && !wanted.get(next).isSame(record)) {
                next++;
            }
            if (next == wanted.size()) {
                throw new LogException(
                        "The log already has records that are not in '" + file + "': it must be empty", null);
            }
            next++;
        }
        return next;
    }

    private static void verify(List<ArchivedRecord> wanted, List<ArchivedRecord> there, Path file) {
        List<ArchivedRecord> expected = lastOfEachKey(wanted);
        List<ArchivedRecord> found = lastOfEachKey(there);
        boolean same = expected.size() == found.size();
        for (int i = 0; same && i < expected.size(); i++) {
            same = expected.get(i).isSame(found.get(i));
        }
        if (!same) {
            throw new LogException("The log does not hold what is in '" + file + "' after the import", null);
        }
    }

    /** What counts of a log: a compaction may leave the rest out. */
    private static List<ArchivedRecord> lastOfEachKey(List<ArchivedRecord> records) {
        Map<String, ArchivedRecord> last = new LinkedHashMap<>();
        for (ArchivedRecord record : records) {
            String key = HexFormat.of().formatHex(record.key());
            last.remove(key);
            if (record.value() != null) {
                last.put(key, record);
            }
        }
        return List.copyOf(last.values());
    }
}
