/**
 * The registry itself: {@link io.concordat.engine.RegistryEngine} decides, appends to the log, and replays.
 *
 * <p>Knows no HTTP, no Kafka, no SQL and no schema language.
 */
@NullMarked
package io.concordat.engine;

import org.jspecify.annotations.NullMarked;
