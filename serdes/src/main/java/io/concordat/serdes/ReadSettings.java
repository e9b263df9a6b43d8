package io.concordat.serdes;

import io.concordat.api.format.RecordCodec.Target;
import org.jspecify.annotations.Nullable;

/**
 * How messages are read.
 *
 * @param choice {@code Latest} for the schema that is read into; else that of the message
 * @param writer the schema all messages were written with, which they do not name; null if they do
 * @param source where messages name their schema
 * @param target what is read into
 */
record ReadSettings(SchemaChoice choice, @Nullable SchemaChoice writer, IdSource source, Target target) {}
