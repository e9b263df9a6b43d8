package io.concordat.it.log;

import io.concordat.engine.log.EventLog;
import io.concordat.log.sqlite.SqliteEventLog;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class SqliteEventLogTest extends DurableEventLogContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Override
    EventLog open(Clock clock) {
        return SqliteEventLog.open(folder.resolve("log.db"), clock);
    }
}
