package io.concordat.serdes;

/**
 * How values are written.
 *
 * @param choice with which schema, unless the caller gives one
 * @param source how a value's own schema gets its id
 * @param strictId whether a schema chosen by id or GUID must be able to read what the value's own writes
 * @param strictLatest whether the latest version must be
 * @param placement where the schema is named
 */
record WriteSettings(
        SchemaChoice choice, SchemaSource source, boolean strictId, boolean strictLatest, IdPlacement placement) {}
