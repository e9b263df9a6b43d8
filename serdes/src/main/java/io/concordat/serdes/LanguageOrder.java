package io.concordat.serdes;

import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.RecordCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The languages at hand, in the order in which they are asked about a value. */
final class LanguageOrder {
    private final RecordCodec[] codecs;

    LanguageOrder(List<RecordCodec> codecs) {
        this.codecs = codecs.toArray(RecordCodec[]::new);
    }

    /** What stands for the schema of a value, or null if no language knows such a value. */
    @Nullable
    Object schemaKey(Object value) {
        for (RecordCodec codec : codecs) {
            Object key = codec.schemaKey(value);
            if (key != null) {
                return key;
            }
        }
        return null;
    }

    /** Whether {@link #schemaKey} says the same of all values of this one's class. */
    boolean isKeyedByClass(Object value) {
        return codecs[0].schemaKey(value) != null && codecs[0].isKeyedByClass(value);
    }

    /**
     * The schema of a value.
     *
     * @param schemaKey what {@link #schemaKey} said of it
     */
    ParsedSchema schemaOf(Object value, Object schemaKey) {
        for (RecordCodec codec : codecs) {
            if (codec.schemaKey(value) != null) {
                return codec.schemaOf(schemaKey);
            }
        }
        throw new IllegalArgumentException("No language has a schema key for this value");
    }
}
