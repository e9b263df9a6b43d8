package io.concordat.serdes;

import java.util.Map;
import java.util.UUID;

/** With which schema values are written, or messages are read. */
sealed interface SchemaChoice {
    /** The one that the value carries. */
    record Own() implements SchemaChoice {}

    /** The one of an id in the topic's context. */
    record WithId(int id) implements SchemaChoice {}

    /** The one of a GUID. */
    record WithGuid(UUID guid) implements SchemaChoice {}

    /**
     * The latest version of the subject.
     *
     * @param properties what its metadata must say; empty for the latest of all
     */
    record Latest(Map<String, String> properties) implements SchemaChoice {
        public Latest {
            properties = Map.copyOf(properties);
        }
    }
}
