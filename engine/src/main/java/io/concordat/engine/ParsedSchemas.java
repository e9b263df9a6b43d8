package io.concordat.engine;

import io.concordat.api.format.ParsedSchema;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Parsed schemas by what they were parsed from, as many as a bound on its text allows; those that were not asked for longest
 * go first. Safe for many threads.
 */
final class ParsedSchemas<K> {
    private final long maxCharacters;
    private final ToLongFunction<K> length;
    private final Map<K, ParsedSchema> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long characters;

    /**
     * @param maxCharacters how long the texts may be together
     * @param length how long the text is that stands for a key
     */
    ParsedSchemas(long maxCharacters, ToLongFunction<K> length) {
        this.maxCharacters = maxCharacters;
        this.length = length;
    }

    synchronized @Nullable ParsedSchema get(K key) {
        return kept.get(key);
    }

    synchronized void put(K key, ParsedSchema schema) {
        if (length.applyAsLong(key) > maxCharacters || kept.put(key, schema) != null) {
            return;
        }
        characters += length.applyAsLong(key);
        Iterator<K> eldest = kept.keySet().iterator();
        while (characters > maxCharacters) {
            characters -= length.applyAsLong(eldest.next());
            eldest.remove();
        }
    }

    synchronized void clear() {
        kept.clear();
        characters = 0;
    }
}
