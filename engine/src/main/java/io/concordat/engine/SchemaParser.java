package io.concordat.engine;

import io.concordat.api.Context;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.SchemaFormat.Strictness;
import io.concordat.engine.state.RegistryState;
import io.concordat.engine.state.RegistryView;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses schemas, and keeps what it parsed of stored ones. Safe for many threads. */
final class SchemaParser {
    /** How much schema text is kept parsed. A parsed schema is about ten times as large as its text. */
    private static final long KEPT_CHARACTERS = 8L << 20;

    private final Formats formats;
    private final RegistryState committed;
    private final Map<Key, ParsedSchema> parsed = new LinkedHashMap<>(64, 0.75f, true);
    private long keptCharacters;
    private long removals;

    /** What decides how a stored schema is understood: its references count from its context. */
    private record Key(@Nullable Context context, SchemaContent content) {
        static Key of(Subject subject, SchemaContent content) {
            return new Key(content.references().isEmpty() ? null : subject.context(), content);
        }
    }

    SchemaParser(Formats formats, RegistryState committed) {
        this.formats = formats;
        this.committed = committed;
    }

    /** Parses what a caller sent. */
    ParsedSchema parse(SchemaContent schema, References references, Strictness strictness) {
        return formats.require(schema.type()).parse(schema, references, strictness);
    }

    /** Parses a stored schema, or finds that it has been. */
    ParsedSchema parse(RegistryView view, RegisteredSchema row) {
        Key key = Key.of(row.subject(), row.content());
        long before = committed.removals();
        ParsedSchema known = get(key, before);
        if (known != null) {
            return known;
        }
        ParsedSchema schema = formats.require(row.content().type())
                .parse(row.content(), new References(view, row.subject(), true), Strictness.LENIENT);
        put(key, schema, before);
        return schema;
    }

    private synchronized @Nullable ParsedSchema get(Key key, long atRemovals) {
        forgetAfterRemovals(atRemovals);
        return parsed.get(key);
    }

    private synchronized void put(Key key, ParsedSchema schema, long atRemovals) {
        if (atRemovals != removals || parsed.put(key, schema) != null) {
            return;
        }
        keptCharacters += key.content().text().length();
        Iterator<Map.Entry<Key, ParsedSchema>> eldest = parsed.entrySet().iterator();
        while (keptCharacters > KEPT_CHARACTERS && parsed.size() > 1) {
            keptCharacters -= eldest.next().getKey().content().text().length();
            eldest.remove();
        }
    }

    /** A version that is gone may have been referred to, and its number may come to mean another schema. */
    private void forgetAfterRemovals(long now) {
        if (now != removals) {
            parsed.clear();
            keptCharacters = 0;
            removals = now;
        }
    }
}
