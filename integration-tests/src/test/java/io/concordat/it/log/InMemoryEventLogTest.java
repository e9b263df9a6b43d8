package io.concordat.it.log;

import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.InMemoryEventLog;
import java.time.Clock;

class InMemoryEventLogTest extends EventLogContract {
    @Override
    EventLog open(Clock clock) {
        return new InMemoryEventLog(clock);
    }
}
