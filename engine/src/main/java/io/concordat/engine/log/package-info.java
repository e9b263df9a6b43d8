/**
 * The log, which is the truth: {@link io.concordat.engine.log.EventLog the port} and the log in memory.
 *
 * <p>Logs carry records, byte for byte those of a {@code _schemas} topic. What they mean, only the engine knows.
 */
@NullMarked
package io.concordat.engine.log;

import org.jspecify.annotations.NullMarked;
