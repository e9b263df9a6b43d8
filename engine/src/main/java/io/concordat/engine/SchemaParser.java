package io.concordat.engine;

import io.concordat.api.Context;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.SchemaFormat.Strictness;
import io.concordat.engine.state.RegistryState;
import io.concordat.engine.state.RegistryView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses schemas, and keeps what it parsed of stored ones. Safe for many threads. */
final class SchemaParser {
    /** How much schema text is kept parsed. A parsed schema is about ten times as large as its text. */
    private static final long KEPT_CHARACTERS = 8L << 20;

    /** How much of what callers sent is kept parsed: many send the same again and again. */
    private static final long KEPT_CHARACTERS_SENT = 1L << 20;

    private final Formats formats;
    private final RegistryState committed;
    private final ParsedSchemas<Key> stored =
            new ParsedSchemas<>(KEPT_CHARACTERS, key -> key.content().text().length());
    private final ParsedSchemas<SchemaContent> sent =
            new ParsedSchemas<>(KEPT_CHARACTERS_SENT, content -> content.text().length());
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

    /** Parses what a caller sent, or finds that it has been, if nothing but its text decides how it is understood. */
    ParsedSchema parse(SchemaContent schema, References references, Strictness strictness) {
        boolean alone = schema.references().isEmpty() && strictness == Strictness.LENIENT;
        ParsedSchema known = alone ? sent.get(schema) : null;
        if (known != null) {
            return known;
        }
        ParsedSchema parsed = formats.require(schema.type()).parse(schema, references, strictness);
        if (alone) {
            sent.put(schema, parsed);
        }
        return parsed;
    }

    /** What a caller sent, if it has been parsed before, leniently. */
    Optional<ParsedSchema> known(SchemaContent schema) {
        return Optional.ofNullable(sent.get(schema));
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
        return stored.get(key);
    }

    private synchronized void put(Key key, ParsedSchema schema, long atRemovals) {
        if (atRemovals == removals) {
            stored.put(key, schema);
        }
    }

    /** A version that is gone may have been referred to, and its number may come to mean another schema. */
    private void forgetAfterRemovals(long now) {
        if (now != removals) {
            stored.clear();
            removals = now;
        }
    }
}
