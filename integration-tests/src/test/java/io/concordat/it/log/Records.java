package io.concordat.it.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.LogException;
import io.concordat.engine.log.LogRecord;
import io.concordat.engine.log.NewRecord;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Words for the tests of logs. */
final class Records {
    private static final long PATIENCE_SECONDS = 60;

    private Records() {}

    static NewRecord record(String key, String value) {
        return new NewRecord(key.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    static NewRecord tombstone(String key) {
        return new NewRecord(key.getBytes(UTF_8), null);
    }

    /** One record for each key, with the key as value. */
    static List<NewRecord> keyed(String... keys) {
        return Stream.of(keys).map(key -> record(key, key)).toList();
    }

    static String key(LogRecord record) {
        return new String(record.key(), UTF_8);
    }

    /** Appends one record for each key, and waits. */
    static long append(EventLog.Writer writer, String... keys) {
        return await(writer.append(keyed(keys)));
    }

    /** The outcome of a stage; the failure of a failed one is thrown as it is. */
    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LogException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Everything that is in the log now. */
    static Collected everything(EventLog log) {
        Collected collected = new Collected();
        log.tail(0, collected).close();
        return collected;
    }
}
