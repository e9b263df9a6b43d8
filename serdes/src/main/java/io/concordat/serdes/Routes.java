package io.concordat.serdes;

/**
 * What was found out for a schema and a topic, separately for keys and values.
 *
 * @param <V> such as an encoding
 */
final class Routes<V> {
    private final IdentityTable<String, V> keys = new IdentityTable<>();
    private final IdentityTable<String, V> values = new IdentityTable<>();

    IdentityTable<String, V> of(RecordPart part) {
        return part == RecordPart.KEY ? keys : values;
    }
}
