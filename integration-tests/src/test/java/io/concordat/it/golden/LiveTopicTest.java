package io.concordat.it.golden;

import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.engine.log.NewRecord;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

class LiveTopicTest extends LiveTopicContract {
    @Override
    EventLog open(List<Recorded> records) {
        RecordedClock clock = new RecordedClock();
        EventLog log = new InMemoryEventLog(clock);
        try (EventLog.Writer writer = log.openWriter()) {
            for (Recorded record : records) {
                clock.now = record.timestamp();
                writer.append(List.of(new NewRecord(record.key(), record.value())))
                        .toCompletableFuture()
                        .join();
            }
        }
        return log;
    }

    private static final class RecordedClock extends Clock {
        private volatile Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
