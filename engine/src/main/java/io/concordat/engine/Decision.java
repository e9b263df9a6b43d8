package io.concordat.engine;

import io.concordat.engine.record.LogEvent;
import java.util.List;

/**
 * What was decided.
 *
 * @param events what is to be appended to the log; empty if there is nothing to write
 * @param result the answer, once that is durable
 */
record Decision<R>(List<LogEvent> events, R result) {
    static <R> Decision<R> nothingToWrite(R result) {
        return new Decision<>(List.of(), result);
    }
}
