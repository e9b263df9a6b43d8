package io.concordat.serdes;

import io.concordat.api.Context;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordCodec.Target;
import io.concordat.api.format.RecordException;
import io.concordat.serdes.Decoding.Migration;
import io.concordat.serdes.Decoding.ReadRules;
import io.concordat.serdes.LatestVersions.Latest;
import io.concordat.serdes.SchemaChoice.WithGuid;
import io.concordat.serdes.SchemaChoice.WithId;
import io.concordat.serdes.WriterSchemas.WriterSchema;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From messages to values. A message costs one look into a table; whatever is not in there yet is found out once. */
final class Decoder {
    private static final String VERB = "read";
    private static final String UNNAMED = "a message";

    private final Parts parts;
    private final ReadSettings settings;
    private final boolean looksAtHeaders;
    private final @Nullable Map<String, String> latestProperties;
    /** Whether all that matters is the schema that a message names. */
    private final boolean isUsual;

    private final Migrations migrations;

    private final Readers defaultReaders;
    private final ConcurrentHashMap<Context, Readers> readers = new ConcurrentHashMap<>();
    private final IdentityTable<Context, Readers> readersInto = new IdentityTable<>();
    private final Loads<ReaderSchema, Readers> byReaderSchema;
    private volatile Topics topics = new Topics(0);

    Decoder(Parts parts, ReadSettings settings) {
        this.parts = parts;
        this.settings = settings;
        this.looksAtHeaders = settings.source() == IdSource.HEADER_OR_PREFIX && settings.writer() == null;
        this.latestProperties = settings.choice() instanceof SchemaChoice.Latest latest ? latest.properties() : null;
        this.isUsual = latestProperties == null && settings.writer() == null;
        this.migrations = new Migrations(parts.registry(), parts.schemas(), parts.rules());
        this.byReaderSchema = new Loads<>(parts.limit());
        this.defaultReaders = new Readers(Context.DEFAULT, settings.target());
    }

    /** @param message big-endian, from its beginning to its limit, and the caller's own: it is read from */
    @Nullable
    Object decode(ByteBuffer message) {
        return read(defaultReaders, null, null, null, message);
    }

    /** Reads into what the settings choose, likewise. */
    @Nullable
    Object decode(String topic, RecordPart part, @Nullable MessageHeaders headers, ByteBuffer message) {
        try {
            return latestProperties != null
                    ? decodeAsLatest(topic, part, headers, message, latestProperties)
                    : read(readersOf(topic, part), topic, part, headers, message);
        } catch (DecodeException e) {
            throw withHeaderPassedOver(e, part, headers);
        }
    }

    /** What is wrong, and that a header names the schema, if one does that the settings say not to look at. */
    private DecodeException withHeaderPassedOver(
            DecodeException failure, RecordPart part, @Nullable MessageHeaders headers) {
        if (looksAtHeaders || headers == null) {
            return failure;
        }
        byte[] header = headers.last(Framing.headerOf(part));
        if (failure.isConfiguration() || header == null || !Framing.namesSchema(ByteBuffer.wrap(header))) {
            return failure;
        }
        return DecodeException.ofBytes(
                failure.problem() + "; its header '" + Framing.headerOf(part)
                        + "' names a schema, and the settings say not to look there",
                failure.origin(),
                failure.getCause(),
                PayloadForm.ID_IN_HEADER);
    }

    /** Reads a message that fills an array, likewise: what is usual without making anything but the value. */
    @Nullable
    Object decode(String topic, RecordPart part, @Nullable MessageHeaders headers, byte[] message) {
        Decoding known = isUsual && Framing.hasId(message) && nameIn(headers, part) == null
                ? readersOf(topic, part).byId.find(Framing.id(message))
                : null;
        if (known == null || known.rules() != null) {
            return decode(topic, part, headers, ByteBuffer.wrap(message));
        }
        try {
            return known.reader().read(message, Framing.ID_LENGTH, message.length);
        } catch (RuntimeException e) {
            RuntimeException told = told(e, known, topic, part);
            throw told instanceof DecodeException unread ? withHeaderPassedOver(unread, part, headers) : told;
        }
    }

    @Nullable
    Object decodeAsLatest(String topic, RecordPart part, @Nullable MessageHeaders headers, ByteBuffer message) {
        return decodeAsLatest(topic, part, headers, message, latestProperties == null ? Map.of() : latestProperties);
    }

    private @Nullable Object decodeAsLatest(
            String topic,
            RecordPart part,
            @Nullable MessageHeaders headers,
            ByteBuffer message,
            Map<String, String> properties) {
        return read(readersOf(topic, part), topic, part, headers, message, properties);
    }

    /** How messages of a schema are read into the latest version. */
    private Decoding asLatest(String topic, RecordPart part, Decoding own, Map<String, String> properties) {
        IdentityTable<String, LatestVersions.Use<Decoding>> routes =
                topics().latest.of(part);
        LatestVersions.Use<Decoding> latest = routes.find(own, topic);
        if (latest == null) {
            latest = latest(topic, part, own, properties);
            routes.put(own, topic, latest);
        }
        return latest.get();
    }

    @Nullable
    Object decodeInto(SchemaContent schema, String topic, RecordPart part, ByteBuffer message) {
        Context context = readersOf(topic, part).context;
        Readers known = readersInto.find(schema, context);
        if (known == null) {
            known = readersInto(schema, context, Origin.of(topic, part));
            readersInto.put(schema, context, known);
        }
        return read(known, topic, part, null, message);
    }

    @Nullable
    Object decodeInto(ParsedSchema schema, String topic, RecordPart part, ByteBuffer message) {
        Context context = readersOf(topic, part).context;
        Readers known = readersInto.find(schema, context);
        if (known == null) {
            known = new Readers(context, settings.target().withReaderSchema(schema));
            readersInto.put(schema, context, known);
        }
        return read(known, topic, part, null, message);
    }

    private Topics topics() {
        Topics known = topics;
        int generation = parts.naming().generation();
        if (known.generation != generation) {
            known = new Topics(generation);
            topics = known;
        }
        return known;
    }

    private Readers readersOf(String topic, RecordPart part) {
        Topics known = topics();
        Readers found = known.find(topic, part);
        return found != null ? found : known.put(topic, part, readersIn(contextOf(topic, part)));
    }

    private Context contextOf(String topic, RecordPart part) {
        return named(Origin.of(topic, part), () -> parts.naming().contextOf(topic, part));
    }

    private Readers readersIn(Context context) {
        return context.isDefault()
                ? defaultReaders
                : readers.computeIfAbsent(context, other -> new Readers(other, settings.target()));
    }

    private Readers readersInto(SchemaContent schema, Context context, Origin origin) {
        return byReaderSchema.get(new ReaderSchema(schema, context), () -> {
            ParsedSchema parsed = prepared(origin, () -> parts.schemas().parse(schema, context));
            return new Readers(context, settings.target().withReaderSchema(parsed));
        });
    }

    private LatestVersions.Use<Decoding> latest(
            String topic, RecordPart part, Decoding own, Map<String, String> properties) {
        Origin withId = Origin.of(topic, part).withId(own.id());
        Subject subject = named(
                withId, () -> parts.naming().subjectOf(topic, part, own.schema().parsed()));
        Origin origin = withId.withSubject(subject);
        return new LatestVersions.Use<>(
                parts.latestVersions().of(subject, properties),
                version -> decodingInto(version, own, subject, origin),
                failure -> Brief.located(VERB, origin, UNNAMED, failure));
    }

    private Decoding decodingInto(Latest latest, Decoding own, Subject subject, Origin origin) {
        return prepared(origin, () -> {
            WriterSchema writer = own.schema();
            Target into = settings.target().withReaderSchema(latest.parsed());
            RuleChain onBytes = parts.rules().onReadingBytes(writer.content(), writer.parsed());
            RuleChain onRecord = parts.rules()
                    .onReading(latest.registered().content(), latest.parsed())
                    .withMissingOf(parts.rules().onReading(writer.content(), writer.parsed()));
            RuleChain between = migrations.between(writer, latest, subject);
            RecordCodec codec = own.codec();
            Migration migration = between.isEmpty()
                    ? null
                    : new Migration(
                            codec.reader(writer.parsed(), Target.generic()),
                            between,
                            codec.writer(latest.parsed()),
                            codec.reader(latest.parsed(), into));
            RecordCodec.Reader reader = migration == null ? codec.reader(writer.parsed(), into) : migration.into();
            return new Decoding(
                    writer, own.id(), subject, codec, reader, ReadRules.orNull(onBytes, migration, onRecord));
        });
    }

    private @Nullable Object read(
            Readers known,
            @Nullable String topic,
            @Nullable RecordPart part,
            @Nullable MessageHeaders headers,
            ByteBuffer message) {
        return read(known, topic, part, headers, message, null);
    }

    /** @param latest what the metadata of the version that is read into must say; null for what is usual */
    private @Nullable Object read(
            Readers known,
            @Nullable String topic,
            @Nullable RecordPart part,
            @Nullable MessageHeaders headers,
            ByteBuffer message,
            @Nullable Map<String, String> latest) {
        byte[] name = nameIn(headers, part);
        if (name != null && part != null) {
            return readNamed(known, topic, part, headers, name, message, latest);
        }
        Decoding own = settings.writer() == null
                ? known.take(topic, part, message)
                : known.of(settings.writer(), Origin.of(topic, part));
        Decoding decoding = latest == null || topic == null || part == null ? own : asLatest(topic, part, own, latest);
        return finish(decoding, topic, part, headers, message, message);
    }

    /** What a header says of the schema, as far as headers are looked at. */
    private byte @Nullable [] nameIn(@Nullable MessageHeaders headers, @Nullable RecordPart part) {
        return looksAtHeaders && headers != null && part != null ? headers.last(Framing.headerOf(part)) : null;
    }

    /** A record whose schema a header names. */
    private @Nullable Object readNamed(
            Readers known,
            @Nullable String topic,
            RecordPart part,
            @Nullable MessageHeaders headers,
            byte[] header,
            ByteBuffer message,
            @Nullable Map<String, String> latest) {
        ByteBuffer name = ByteBuffer.wrap(header);
        if (!Framing.namesSchema(name)) {
            throw DecodeException.ofBytes(
                    Framing.headerProblem(part, header), Origin.of(topic, part), null, PayloadForm.UNKNOWN);
        }
        Decoding own = known.take(topic, part, name);
        Decoding decoding = latest == null || topic == null ? own : asLatest(topic, part, own, latest);
        if (known.standsBehindNameOf(own, message, topic, part)) {
            try {
                return finish(decoding, topic, part, headers, Framing.withoutName(message), message);
            } catch (DecodeException e) {
                if (!(e.getCause() instanceof RecordException)) {
                    throw e;
                }
                // It only looked like a name: these bytes are the record's own.
            }
        }
        ByteBuffer record = name.hasRemaining() ? withType(own, name, message, topic, part) : message;
        return finish(decoding, topic, part, headers, record, message);
    }

    /** The record with the bytes before it that the header holds of it. */
    private static ByteBuffer withType(
            Decoding decoding, ByteBuffer name, ByteBuffer message, @Nullable String topic, RecordPart part) {
        int typeLength;
        try {
            typeLength = decoding.codec().typeLength(name);
        } catch (RecordException e) {
            throw new DecodeException(Origin.of(topic, part).withId(decoding.id()), e);
        }
        if (typeLength == 0) {
            return message;
        }
        ByteBuffer whole = ByteBuffer.allocate(typeLength + message.remaining());
        whole.put(name.limit(name.position() + typeLength)).put(message).flip();
        return whole;
    }

    /**
     * The value.
     *
     * @param body its bytes, which are read
     * @param message the whole message from the buffer's beginning to its limit, wherever its position is
     */
    private static @Nullable Object finish(
            Decoding decoding,
            @Nullable String topic,
            @Nullable RecordPart part,
            @Nullable MessageHeaders headers,
            ByteBuffer body,
            ByteBuffer message) {
        try {
            return decoding.read(body, topic, part, headers, message);
        } catch (RuntimeException e) {
            throw told(e, decoding, topic, part);
        }
    }

    /** What went wrong with one message. */
    private static RuntimeException told(
            RuntimeException failure, Decoding decoding, @Nullable String topic, @Nullable RecordPart part) {
        Origin origin = new Origin(topic, part, decoding.id(), decoding.subject());
        if (failure instanceof RegistryException refusal) {
            return Brief.located(VERB, origin, UNNAMED, refusal);
        }
        return failure instanceof RecordException || failure instanceof RuleChain.FailedException
                ? new DecodeException(origin, failure)
                // Such as a class of the application that does not take what the record holds.
                : DecodeException.ofBytes(Brief.of(failure.toString()), origin, failure, null);
    }

    private static <T> T prepared(Origin origin, Supplier<T> preparation) {
        try {
            return preparation.get();
        } catch (InvalidSchemaException | Languages.MissingLanguageException | RuleException e) {
            throw new DecodeException(origin, e);
        } catch (UnknownSchemaException e) {
            throw e;
        } catch (RegistryException e) {
            throw Brief.located(VERB, origin, UNNAMED, e);
        }
    }

    private static <T> T named(Origin origin, Supplier<T> naming) {
        try {
            return asked(origin, naming);
        } catch (EncodeException e) {
            throw DecodeException.ofConfiguration(e.problem(), origin, e);
        } catch (RegistryException e) {
            throw e;
        } catch (RuntimeException e) {
            throw DecodeException.ofConfiguration("the subject naming failed: " + Brief.of(e.toString()), origin, e);
        }
    }

    private static <T> T asked(Origin origin, Supplier<T> question) {
        try {
            return question.get();
        } catch (RegistryException e) {
            throw Brief.located(VERB, origin, UNNAMED, e);
        }
    }

    private record ReaderSchema(SchemaContent schema, Context context) {}

    /** What was found out for topics while their names held. */
    private static final class Topics {
        private static final int LIMIT = 16_384;

        private final int generation;
        private final ConcurrentHashMap<String, TopicReaders> keys = new ConcurrentHashMap<>();
        private final ConcurrentHashMap<String, TopicReaders> values = new ConcurrentHashMap<>();
        private final Routes<LatestVersions.Use<Decoding>> latest = new Routes<>();

        /** The one found last: records of a topic come in batches. Immutable, so that it does not matter who sees it when. */
        private @Nullable TopicReaders recent;

        private Topics(int generation) {
            this.generation = generation;
        }

        private @Nullable Readers find(String topic, RecordPart part) {
            TopicReaders last = recent;
            if (last != null && last.part == part && last.topic.equals(topic)) {
                return last.readers;
            }
            TopicReaders found = of(part).get(topic);
            if (found == null) {
                return null;
            }
            recent = found;
            return found.readers;
        }

        private Readers put(String topic, RecordPart part, Readers readers) {
            ConcurrentHashMap<String, TopicReaders> known = of(part);
            if (known.size() >= LIMIT) {
                known.clear();
            }
            known.put(topic, new TopicReaders(topic, part, readers));
            return readers;
        }

        private ConcurrentHashMap<String, TopicReaders> of(RecordPart part) {
            return part == RecordPart.KEY ? keys : values;
        }
    }

    private record TopicReaders(String topic, RecordPart part, Readers readers) {}

    /** What reads the messages of one context into one target. */
    private final class Readers {
        private final Context context;
        private final Target into;
        private final IdTable<Decoding> byId = new IdTable<>(parts.limit());
        private final IdTable<Decoding> byGuid = new IdTable<>(parts.limit());
        private final Loads<UUID, Set<Integer>> idsOf = new Loads<>(parts.limit());

        private Readers(Context context, Target into) {
            this.context = context;
            this.into = into;
        }

        /** Takes what names the schema off the front of a message, or of what its header says. */
        private Decoding take(@Nullable String topic, @Nullable RecordPart part, ByteBuffer name) {
            if (!Framing.hasId(name)) {
                return takeGuid(topic, part, name);
            }
            int id = Framing.takeId(name);
            Decoding decoding = byId.find(id);
            return decoding != null ? decoding : loadNamed(id, Origin.of(topic, part), name);
        }

        /** @param rest what stands behind the id */
        private Decoding loadNamed(int id, Origin origin, ByteBuffer rest) {
            SchemaId named = new SchemaId(context, id);
            if (id < 0) {
                throw DecodeException.ofBytes(
                        "it names the schema id " + id + ", and no id is negative",
                        origin.withId(named),
                        null,
                        PayloadForm.UNKNOWN);
            }
            try {
                return load(id, origin);
            } catch (UnknownSchemaException e) {
                PayloadForm form = Framing.isLongId(id, rest) ? PayloadForm.EIGHT_BYTE_ID : PayloadForm.UNKNOWN;
                String guess = form == PayloadForm.UNKNOWN ? "" : "; it looks like " + form.description();
                throw DecodeException.ofBytes(
                        "the registry has no schema of that id" + guess, origin.withId(named), e, form);
            }
        }

        private Decoding takeGuid(@Nullable String topic, @Nullable RecordPart part, ByteBuffer name) {
            if (!Framing.hasGuid(name)) {
                throw DecodeException.ofBytes(
                        Framing.problem(name), Origin.of(topic, part), null, PayloadForm.of(name));
            }
            Framing.skipMagic(name);
            long high = name.getLong();
            long low = name.getLong();
            Decoding decoding = byGuid.find(high, low);
            return decoding != null ? decoding : loadNamed(new UUID(high, low), Origin.of(topic, part));
        }

        private Decoding loadNamed(UUID guid, Origin origin) {
            try {
                return load(guid, origin);
            } catch (UnknownSchemaException e) {
                throw DecodeException.ofBytes(
                        "the registry has no schema of GUID " + guid, origin, e, PayloadForm.UNKNOWN);
            }
        }

        /**
         * Whether a message that a header names the schema of seems to name it before the record, too. Some writers leave both, and
         * what stands there would be read as part of the record.
         */
        private boolean standsBehindNameOf(
                Decoding named, ByteBuffer message, @Nullable String topic, RecordPart part) {
            if (Framing.hasGuid(message)) {
                return Framing.guid(message).equals(named.schema().guid());
            }
            if (!Framing.hasId(message)) {
                return false;
            }
            int id = Framing.id(message);
            return named.id() != null
                    ? named.id().id() == id
                    : ids(named.schema().guid(), topic, part).contains(id);
        }

        private Set<Integer> ids(UUID guid, @Nullable String topic, RecordPart part) {
            return idsOf.get(
                    guid,
                    () -> asked(Origin.of(topic, part), () -> parts.registry().ids(guid)).stream()
                            .filter(id -> id.context().equals(context))
                            .map(SchemaId::id)
                            .collect(Collectors.toUnmodifiableSet()));
        }

        /** The schema that all messages have without naming it. */
        private Decoding of(SchemaChoice writer, Origin origin) {
            if (writer instanceof WithId fixed) {
                Decoding decoding = byId.find(fixed.id());
                return decoding != null
                        ? decoding
                        : asked(origin.withId(new SchemaId(context, fixed.id())), () -> load(fixed.id(), origin));
            }
            UUID guid = ((WithGuid) writer).guid();
            Decoding decoding = byGuid.find(guid.getMostSignificantBits(), guid.getLeastSignificantBits());
            return decoding != null ? decoding : asked(origin, () -> load(guid, origin));
        }

        private Decoding load(int number, Origin origin) {
            SchemaId id = new SchemaId(context, number);
            Origin withId = origin.withId(id);
            Decoding decoding = decoding(prepared(withId, () -> parts.schemas().get(id)), id, withId);
            byId.put(number, decoding);
            return decoding;
        }

        private Decoding load(UUID guid, Origin origin) {
            Decoding decoding = decoding(prepared(origin, () -> parts.schemas().get(guid, context)), null, origin);
            byGuid.put(guid.getMostSignificantBits(), guid.getLeastSignificantBits(), decoding);
            return decoding;
        }

        private Decoding decoding(WriterSchema schema, @Nullable SchemaId id, Origin origin) {
            return prepared(origin, () -> {
                RecordCodec codec = parts.languages().codec(schema.content().type());
                return new Decoding(
                        schema,
                        id,
                        null,
                        codec,
                        codec.reader(schema.parsed(), into),
                        ReadRules.orNull(
                                parts.rules().onReadingBytes(schema.content(), schema.parsed()),
                                null,
                                parts.rules().onReading(schema.content(), schema.parsed())));
            });
        }
    }
}
