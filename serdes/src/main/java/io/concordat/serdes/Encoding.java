package io.concordat.serdes;

import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.format.RecordCodec;
import org.jspecify.annotations.Nullable;

/**
 * How values of one schema are written.
 *
 * @param id what stands before the value
 * @param subject where the schema is registered; null if only its id was named
 * @param writer writes the value
 */
record Encoding(SchemaId id, @Nullable Subject subject, RecordCodec.Writer writer) {}
