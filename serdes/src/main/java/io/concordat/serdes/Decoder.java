package io.concordat.serdes;

import io.concordat.api.Context;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordCodec.Target;
import io.concordat.api.format.RecordException;
import io.concordat.serdes.LatestVersions.Latest;
import io.concordat.serdes.WriterSchemas.WriterSchema;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** From messages to values. A message costs one look into a table; whatever is not in there yet is found out once. */
final class Decoder {
    private final Languages languages;
    private final WriterSchemas schemas;
    private final LatestVersions latestVersions;
    private final SubjectNaming naming;
    private final Target target;

    private final Readers defaultReaders;
    private final ConcurrentHashMap<Context, Readers> readers = new ConcurrentHashMap<>();
    private final IdentityTable<Context, Readers> readersInto = new IdentityTable<>();
    private final Loads<ReaderSchema, Readers> byReaderSchema = new Loads<>();
    private final Routes<LatestVersions.Use<RecordCodec.Reader>> latestRoutes = new Routes<>();

    Decoder(
            Languages languages,
            WriterSchemas schemas,
            LatestVersions latestVersions,
            SubjectNaming naming,
            Target target) {
        this.languages = languages;
        this.schemas = schemas;
        this.latestVersions = latestVersions;
        this.naming = naming;
        this.target = target;
        this.defaultReaders = new Readers(Context.DEFAULT, target);
    }

    /** @param message big-endian and the caller's own: it is read from */
    @Nullable
    Object decode(@Nullable String topic, @Nullable RecordPart part, ByteBuffer message) {
        Readers known = topic == null || part == null ? defaultReaders : readersOf(naming.contextOf(topic, part));
        Decoding decoding = known.take(topic, part, message);
        return read(decoding, decoding.reader, topic, part, message);
    }

    @Nullable
    Object decodeInto(SchemaContent schema, String topic, RecordPart part, ByteBuffer message) {
        Context context = naming.contextOf(topic, part);
        Readers known = readersInto.find(schema, context);
        if (known == null) {
            known = readersInto(schema, context, Origin.of(topic, part));
            readersInto.put(schema, context, known);
        }
        Decoding decoding = known.take(topic, part, message);
        return read(decoding, decoding.reader, topic, part, message);
    }

    @Nullable
    Object decodeInto(ParsedSchema schema, String topic, RecordPart part, ByteBuffer message) {
        Context context = naming.contextOf(topic, part);
        Readers known = readersInto.find(schema, context);
        if (known == null) {
            known = new Readers(context, target.withReaderSchema(schema));
            readersInto.put(schema, context, known);
        }
        Decoding decoding = known.take(topic, part, message);
        return read(decoding, decoding.reader, topic, part, message);
    }

    @Nullable
    Object decodeAsLatest(String topic, RecordPart part, ByteBuffer message) {
        Decoding decoding = readersOf(naming.contextOf(topic, part)).take(topic, part, message);
        LatestVersions.Use<RecordCodec.Reader> latest = latestRoutes.of(part).find(decoding, topic);
        if (latest == null) {
            latest = latest(topic, part, decoding);
            latestRoutes.of(part).put(decoding, topic, latest);
        }
        return read(decoding, latest.get(), topic, part, message);
    }

    private Readers readersOf(Context context) {
        return context.isDefault()
                ? defaultReaders
                : readers.computeIfAbsent(context, other -> new Readers(other, target));
    }

    private Readers readersInto(SchemaContent schema, Context context, Origin origin) {
        return byReaderSchema.get(new ReaderSchema(schema, context), () -> {
            ParsedSchema parsed = prepared(origin, () -> schemas.parse(schema, context));
            return new Readers(context, target.withReaderSchema(parsed));
        });
    }

    private LatestVersions.Use<RecordCodec.Reader> latest(String topic, RecordPart part, Decoding decoding) {
        Subject subject = naming.subjectOf(topic, part, decoding.schema.parsed());
        Origin origin = Origin.of(topic, part).withId(decoding.id).withSubject(subject);
        return new LatestVersions.Use<>(
                latestVersions.of(subject), version -> readerInto(version, decoding.schema, origin));
    }

    private RecordCodec.Reader readerInto(Latest latest, WriterSchema writer, Origin origin) {
        if (!latest.parsed().isEquivalentTo(writer.parsed())) {
            Rules.againstMigrating(latest.registered().content()).ifPresent(reason -> {
                throw new DecodeException(reason, origin);
            });
        }
        return reader(writer, target.withReaderSchema(latest.parsed()), origin);
    }

    private RecordCodec.Reader reader(WriterSchema writer, Target into, Origin origin) {
        Rules.againstReading(writer.content()).ifPresent(reason -> {
            throw new DecodeException(reason, origin);
        });
        return prepared(origin, () -> languages.codec(writer.content().type()).reader(writer.parsed(), into));
    }

    private static @Nullable Object read(
            Decoding decoding,
            RecordCodec.Reader reader,
            @Nullable String topic,
            @Nullable RecordPart part,
            ByteBuffer message) {
        try {
            return reader.read(message);
        } catch (RecordException e) {
            throw new DecodeException(new Origin(topic, part, decoding.id, null), e);
        }
    }

    private static <T> T prepared(Origin origin, Supplier<T> preparation) {
        try {
            return preparation.get();
        } catch (InvalidSchemaException | Languages.MissingLanguageException e) {
            throw new DecodeException(origin, e);
        }
    }

    /**
     * How messages with one id or GUID are read.
     *
     * @param id null if the message names its schema by GUID
     */
    private record Decoding(
            WriterSchema schema,
            RecordCodec.Reader reader,
            @Nullable SchemaId id) {}

    private record ReaderSchema(SchemaContent schema, Context context) {}

    /** What reads the messages of one context into one target. */
    private final class Readers {
        private final Context context;
        private final Target into;
        private final IdTable<Decoding> byId = new IdTable<>();
        private final Loads<UUID, Decoding> byGuid = new Loads<>();

        private Readers(Context context, Target into) {
            this.context = context;
            this.into = into;
        }

        /** Takes what names the schema off the front of a message. */
        private Decoding take(@Nullable String topic, @Nullable RecordPart part, ByteBuffer message) {
            if (!Framing.hasId(message)) {
                return takeGuid(Origin.of(topic, part), message);
            }
            int id = Framing.takeId(message);
            Decoding decoding = byId.find(id);
            if (decoding == null) {
                decoding = load(new SchemaId(context, id), Origin.of(topic, part));
                byId.put(id, decoding);
            }
            return decoding;
        }

        private Decoding takeGuid(Origin origin, ByteBuffer message) {
            if (!Framing.hasGuid(message)) {
                throw new DecodeException(Framing.problem(message), origin);
            }
            UUID guid = Framing.takeGuid(message);
            return byGuid.get(guid, () -> decoding(prepared(origin, () -> schemas.get(guid, context)), null, origin));
        }

        private Decoding load(SchemaId id, Origin origin) {
            Origin withId = origin.withId(id);
            return decoding(prepared(withId, () -> schemas.get(id)), id, withId);
        }

        private Decoding decoding(WriterSchema schema, @Nullable SchemaId id, Origin origin) {
            return new Decoding(schema, reader(schema, into, origin), id);
        }
    }
}
