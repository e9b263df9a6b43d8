package io.concordat.serdes;

import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.RecordCodec;
import java.util.function.Supplier;

/**
 * How values of one class and one schema are written to a part of a topic. Immutable, so that a thread may leave it to others in
 * a plain field.
 */
final class Route {
    private final String topic;
    private final RecordPart part;
    private final int generation;
    private final Class<?> type;
    private final RecordCodec language;
    private final Object schemaKey;
    private final boolean isKeyedByClass;
    private final Supplier<Encoding> encoding;

    /**
     * @param generation of the topic's names
     * @param value one of those that it is for
     * @param language the one that such a value is written in
     * @param schemaKey what it said of it
     */
    Route(
            String topic,
            RecordPart part,
            int generation,
            Object value,
            RecordCodec language,
            Object schemaKey,
            Supplier<Encoding> encoding) {
        this.topic = topic;
        this.part = part;
        this.generation = generation;
        this.type = value.getClass();
        this.language = language;
        this.schemaKey = schemaKey;
        this.isKeyedByClass = language.isKeyedByClass(value);
        this.encoding = encoding;
    }

    /** The same for values of another class. */
    Route with(Object value, RecordCodec itsLanguage) {
        return type == value.getClass()
                ? this
                : new Route(topic, part, generation, value, itsLanguage, schemaKey, encoding);
    }

    /** Whether this is the way of a value. Asked for every record. */
    @SuppressWarnings("ReferenceEquality")
    boolean isFor(String itsTopic, RecordPart itsPart, int itsGeneration, Object value) {
        return type == value.getClass()
                && part == itsPart
                && generation == itsGeneration
                && topic.equals(itsTopic)
                && (isKeyedByClass || isOfSchema(value));
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean isOfSchema(Object value) {
        try {
            return language.schemaKey(value) == schemaKey;
        } catch (InvalidSchemaException e) {
            // Whoever looks for the way of that value will be told.
            return false;
        }
    }

    Encoding encoding() {
        return encoding.get();
    }
}
