package io.concordat.serdes;

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
    private final LanguageOrder languages;
    private final Object schemaKey;
    private final boolean isKeyedByClass;
    private final Supplier<Encoding> encoding;

    /**
     * @param generation of the topic's names
     * @param value one of those that it is for
     * @param languages those that are asked about such a value
     * @param schemaKey what they said of it
     */
    Route(
            String topic,
            RecordPart part,
            int generation,
            Object value,
            LanguageOrder languages,
            Object schemaKey,
            Supplier<Encoding> encoding) {
        this.topic = topic;
        this.part = part;
        this.generation = generation;
        this.type = value.getClass();
        this.languages = languages;
        this.schemaKey = schemaKey;
        this.isKeyedByClass = languages.isKeyedByClass(value);
        this.encoding = encoding;
    }

    /** The same for values of another class. */
    Route with(Object value, LanguageOrder itsLanguages) {
        return type == value.getClass()
                ? this
                : new Route(topic, part, generation, value, itsLanguages, schemaKey, encoding);
    }

    /** Whether this is the way of a value. Asked for every record. */
    @SuppressWarnings("ReferenceEquality")
    boolean isFor(String itsTopic, RecordPart itsPart, int itsGeneration, Object value) {
        return type == value.getClass()
                && part == itsPart
                && generation == itsGeneration
                && topic.equals(itsTopic)
                && (isKeyedByClass || languages.schemaKey(value) == schemaKey);
    }

    Encoding encoding() {
        return encoding.get();
    }
}
