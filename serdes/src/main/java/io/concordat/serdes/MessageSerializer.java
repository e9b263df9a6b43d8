package io.concordat.serdes;

import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.SchemaType;
import io.concordat.api.format.CodecSettings;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordCodec.Target;
import io.concordat.api.format.SchemaFormat;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as messages and reads them back. A message is {@code 00}, the schema's id in four bytes, and the value in
 * the schema's language, or the value alone where a header names the schema; no value (a tombstone) is no bytes.
 *
 * <p>Safe for many threads; one instance serves any number of topics. What the registry said is remembered, so that it is
 * asked once per schema and subject, once per id, and for a latest version once per time to live.
 *
 * <p>Every method throws {@link EncodeException} or {@link DecodeException} for what is wrong with the value or the message,
 * and a {@link RegistryException} with the code of the registry's own if that refuses or is out of reach.
 *
 * <p>Where a schema has rules they run: those on records in order and then those on bytes when writing, the other way round
 * when reading, and those between versions when reading into the latest version. A rule that no {@link RuleExecutor} at hand
 * can carry out fails the record, unless it is read and the rule's own {@code onFailure} lets it pass.
 */
public final class MessageSerializer implements AutoCloseable {
    private final Encoder encoder;
    private final Decoder decoder;

    private final Languages languages;
    private final RuleSettings rules;

    private MessageSerializer(Builder builder) {
        CodecSettings settings = builder.settings;
        languages = Languages.of(builder.formats, builder.codecs, settings, builder.language);
        rules = RuleSettings.of(settings.values(), settings.classLoader(), builder.executors, builder.actions);
        WriterSchemas schemas = new WriterSchemas(builder.registry, languages, builder.limit, builder.clock);
        LatestVersions latest = new LatestVersions(
                builder.registry, schemas, builder.latestTimeToLive, builder.latestSize, builder.clock);
        Parts parts = new Parts(
                builder.registry, languages, schemas, latest, builder.naming, new Rules(rules), builder.limit);
        encoder = new Encoder(parts, builder.writeSettings());
        decoder = new Decoder(parts, builder.readSettings());
    }

    /** With the defaults of {@link Builder}, over a registry that stays the caller's to close. */
    public static MessageSerializer of(Registry registry) {
        return builder(registry).build();
    }

    /**
     * Begins the settings of a serializer.
     *
     * @param registry stays the caller's to close
     */
    public static Builder builder(Registry registry) {
        return new Builder(registry);
    }

    /**
     * Writes a value with the schema it carries, which is registered for the topic first unless that is
     * {@linkplain Builder#autoRegister switched off}, or with the one that the settings choose instead.
     *
     * @return null for null
     */
    public byte @Nullable [] encode(String topic, RecordPart part, @Nullable Object value) {
        return value == null ? null : encoder.encode(topic, part, null, value);
    }

    /**
     * Writes a value of a record that has headers, likewise. A schema that is {@linkplain Builder#idPlacement named in a header}
     * needs them; if it is not, a header of an earlier message that would name it is taken away.
     *
     * @param headers null for none
     * @return null for null
     */
    public byte @Nullable [] encode(
            String topic, RecordPart part, @Nullable MessageHeaders headers, @Nullable Object value) {
        return value == null ? null : encoder.encode(topic, part, headers, value);
    }

    /**
     * Writes a value with a given schema, which is registered for the topic first unless that is
     * {@linkplain Builder#autoRegister switched off}. Passing the same object for every record is fastest.
     *
     * @return null for null
     */
    public byte @Nullable [] encode(String topic, RecordPart part, SchemaContent schema, @Nullable Object value) {
        return value == null ? null : encoder.encode(topic, part, null, schema, value);
    }

    /**
     * Writes a value with a schema that has been parsed, likewise.
     *
     * @return null for null
     */
    public byte @Nullable [] encode(String topic, RecordPart part, ParsedSchema schema, @Nullable Object value) {
        return value == null ? null : encoder.encode(topic, part, null, schema, value);
    }

    /**
     * Writes a value with a schema that is registered.
     *
     * @return null for null
     */
    public byte @Nullable [] encode(SchemaId id, @Nullable Object value) {
        return value == null ? null : encoder.encode(id, value);
    }

    /**
     * Writes a value with the latest version registered for the topic, which must be able to read what the value's own schema
     * writes. A new version is noticed within the {@linkplain Builder#latestTimeToLive time to live}.
     *
     * @return null for null
     */
    public byte @Nullable [] encodeAsLatest(String topic, RecordPart part, @Nullable Object value) {
        return value == null ? null : encoder.encodeAsLatest(topic, part, null, value);
    }

    /**
     * Reads a message whose id is one of the default context.
     *
     * @return null for null, and where the schema says so
     */
    public @Nullable Object decode(byte @Nullable [] message) {
        return message == null ? null : decoder.decode(ByteBuffer.wrap(message));
    }

    /**
     * Reads a message of a topic.
     *
     * @return null for null, and where the schema says so
     */
    public @Nullable Object decode(String topic, RecordPart part, byte @Nullable [] message) {
        return message == null ? null : decoder.decode(topic, part, null, message);
    }

    /**
     * Reads the message between a buffer's position and limit, which stay as they are.
     *
     * @return null for null, and where the schema says so
     */
    public @Nullable Object decode(String topic, RecordPart part, @Nullable ByteBuffer message) {
        return message == null ? null : decoder.decode(topic, part, null, message.slice());
    }

    /**
     * Reads the message between a buffer's position and limit, which stay as they are, of a record that has headers: one of them
     * may name the schema, unless the {@linkplain Builder#idSource settings} say otherwise.
     *
     * @param headers null for none
     * @return null for null, and where the schema says so
     */
    public @Nullable Object decode(
            String topic, RecordPart part, @Nullable MessageHeaders headers, @Nullable ByteBuffer message) {
        return message == null ? null : decoder.decode(topic, part, headers, message.slice());
    }

    /**
     * Reads a message of a record that has headers, likewise.
     *
     * @param headers null for none
     * @return null for null, and where the schema says so
     */
    public @Nullable Object decode(
            String topic, RecordPart part, @Nullable MessageHeaders headers, byte @Nullable [] message) {
        return message == null ? null : decoder.decode(topic, part, headers, message);
    }

    /**
     * Reads a message into another schema than it was written with. Passing the same object for every record is fastest.
     *
     * @return null for null, and where the schema says so
     */
    public @Nullable Object decodeInto(
            SchemaContent readerSchema, String topic, RecordPart part, byte @Nullable [] message) {
        return message == null ? null : decoder.decodeInto(readerSchema, topic, part, ByteBuffer.wrap(message));
    }

    /**
     * Reads the message between a buffer's position and limit, which stay as they are, into another schema than it was
     * written with.
     *
     * @return null for null, and where the schema says so
     */
    public @Nullable Object decodeInto(
            SchemaContent readerSchema, String topic, RecordPart part, @Nullable ByteBuffer message) {
        return message == null ? null : decoder.decodeInto(readerSchema, topic, part, message.slice());
    }

    /**
     * Reads a message into a schema that has been parsed.
     *
     * @return null for null, and where the schema says so
     */
    public @Nullable Object decodeInto(
            ParsedSchema readerSchema, String topic, RecordPart part, byte @Nullable [] message) {
        return message == null ? null : decoder.decodeInto(readerSchema, topic, part, ByteBuffer.wrap(message));
    }

    /**
     * Reads the message between a buffer's position and limit, which stay as they are, into a schema that has been parsed.
     *
     * @return null for null, and where the schema says so
     */
    public @Nullable Object decodeInto(
            ParsedSchema readerSchema, String topic, RecordPart part, @Nullable ByteBuffer message) {
        return message == null ? null : decoder.decodeInto(readerSchema, topic, part, message.slice());
    }

    /**
     * Reads a message into the latest version registered for its topic. A new version is noticed within the
     * {@linkplain Builder#latestTimeToLive time to live}.
     *
     * @return null for null, and where the schema says so
     */
    public @Nullable Object decodeAsLatest(String topic, RecordPart part, byte @Nullable [] message) {
        return message == null ? null : decoder.decodeAsLatest(topic, part, null, ByteBuffer.wrap(message));
    }

    /**
     * Reads the message between a buffer's position and limit, which stay as they are, into the latest version registered
     * for its topic.
     *
     * @return null for null, and where the schema says so
     */
    public @Nullable Object decodeAsLatest(String topic, RecordPart part, @Nullable ByteBuffer message) {
        return message == null ? null : decoder.decodeAsLatest(topic, part, null, message.slice());
    }

    /** The names of all settings that the languages at hand look at: see {@link Builder#settings}. */
    public Set<String> settingNames() {
        return languages.settingNames();
    }

    /** Closes the rule executors and actions that were not handed over. The registry stays open. */
    @Override
    public void close() {
        rules.close();
    }

    /** Settings of a serializer. For one thread. */
    public static final class Builder {
        private final Registry registry;
        private final List<SchemaFormat> formats = new ArrayList<>();
        private final List<RecordCodec> codecs = new ArrayList<>();
        private final List<RuleExecutor> executors = new ArrayList<>();
        private final List<RuleAction> actions = new ArrayList<>();
        private CodecSettings settings = new CodecSettings(Map.of(), false, applicationLoader());
        private SubjectNaming naming = SubjectNaming.TOPIC;
        private Target target = Target.generic();
        private @Nullable SchemaType language;
        private boolean autoRegister = true;
        private boolean normalize;
        private boolean propagateTags;
        private String spelling = "";
        private SchemaChoice choice = new SchemaChoice.Own();
        private boolean strictId = true;
        private boolean strictLatest = true;
        private IdPlacement placement = IdPlacement.PREFIX;
        private IdSource source = IdSource.HEADER_OR_PREFIX;
        private @Nullable SchemaChoice writer;
        private Duration latestTimeToLive = Duration.ofMinutes(1);
        private int latestSize = Loads.USUAL_LIMIT;
        private int limit = Loads.USUAL_LIMIT;
        private Clock clock = Clock.systemUTC();

        private Builder(Registry registry) {
            this.registry = Objects.requireNonNull(registry, "registry");
        }

        /** Adds a schema language; it comes before those that are found on the class path. */
        public Builder language(SchemaFormat format, RecordCodec codec) {
            formats.add(Objects.requireNonNull(format, "format"));
            codecs.add(Objects.requireNonNull(codec, "codec"));
            return this;
        }

        /**
         * The language of values that carry no schema, such as maps, texts and objects of an application's classes. Without it
         * that is the first language that was given, or else Avro before JSON. A value that this language has no schema for is
         * refused, and not tried on another. Values that carry a schema are of its language in any case.
         */
        public Builder preferredLanguage(SchemaType type) {
            language = Objects.requireNonNull(type, "type");
            return this;
        }

        /**
         * What the application says to the languages and about rules, by the usual names: their own settings, and those that begin
         * with {@code rule.}, and {@code execution.environment}. Others are passed over. Classes are looked for in its class loader.
         */
        public Builder settings(CodecSettings newSettings) {
            settings = Objects.requireNonNull(newSettings, "settings");
            return this;
        }

        /** Adds what carries out rules of its type; it stays the caller's to close. */
        public Builder ruleExecutor(RuleExecutor executor) {
            executors.add(Objects.requireNonNull(executor, "executor"));
            return this;
        }

        /** Adds what rules can have done after them; it stays the caller's to close. */
        public Builder ruleAction(RuleAction action) {
            actions.add(Objects.requireNonNull(action, "action"));
            return this;
        }

        /** Names subjects by another rule than {@link SubjectNaming#TOPIC}. */
        public Builder naming(SubjectNaming newNaming) {
            naming = Objects.requireNonNull(newNaming, "naming");
            return this;
        }

        /** Whether a schema that is not registered yet is registered, which is the default; else it is an error. */
        public Builder autoRegister(boolean newAutoRegister) {
            autoRegister = newAutoRegister;
            return this;
        }

        /** Whether schemas are registered and looked up in their normal form. Not by default. */
        public Builder normalize(boolean newNormalize) {
            normalize = newNormalize;
            return this;
        }

        /** Whether a new version takes over the tags of the one before. Not by default. */
        public Builder propagateTags(boolean newPropagateTags) {
            propagateTags = newPropagateTags;
            return this;
        }

        /** In which of its language's spellings the registry answers with the text of what it registered; empty by default. */
        public Builder registeredSpelling(String newSpelling) {
            spelling = Objects.requireNonNull(newSpelling, "spelling");
            return this;
        }

        /** Writes values with the schema of that id in the topic's context, instead of the one they carry. */
        public Builder writeWith(int id) {
            choice = new SchemaChoice.WithId(id);
            return this;
        }

        /** Writes values with the schema of that GUID, instead of the one they carry. */
        public Builder writeWith(UUID guid) {
            choice = new SchemaChoice.WithGuid(guid);
            return this;
        }

        /**
         * Writes values with the latest version registered for the topic, instead of the schema they carry, and reads messages of the
         * topic into it. {@link MessageSerializer#encodeAsLatest} does so for single messages.
         */
        public Builder useLatest() {
            return useLatestWith(Map.of());
        }

        /** The same, with the newest version whose metadata has all these properties. */
        public Builder useLatestWith(Map<String, String> properties) {
            choice = new SchemaChoice.Latest(properties);
            return this;
        }

        /** Whether a schema chosen by id or GUID must be able to read what the value's own schema writes, which is the default. */
        public Builder strictId(boolean strict) {
            strictId = strict;
            return this;
        }

        /** Whether the latest version must be able to read what the value's own schema writes, which is the default. */
        public Builder strictLatest(boolean strict) {
            strictLatest = strict;
            return this;
        }

        /** Where messages that are written name their schema, before the record by default. */
        public Builder idPlacement(IdPlacement newPlacement) {
            placement = Objects.requireNonNull(newPlacement, "placement");
            return this;
        }

        /** Where messages that are read name their schema: by default in a header if there is one, else before the record. */
        public Builder idSource(IdSource newSource) {
            source = Objects.requireNonNull(newSource, "source");
            return this;
        }

        /** Takes all messages to be written with the schema of that id in the topic's context, and to name none themselves. */
        public Builder readWith(int id) {
            writer = new SchemaChoice.WithId(id);
            return this;
        }

        /** Takes all messages to be written with the schema of that GUID, and to name none themselves. */
        public Builder readWith(UUID guid) {
            writer = new SchemaChoice.WithGuid(guid);
            return this;
        }

        /** Of how many subjects the latest versions are remembered. */
        public Builder latestSize(int subjects) {
            latestSize = positive(subjects);
            return this;
        }

        /** How many schemas are remembered of each kind: by id, by GUID, as registered. When there are more it starts over. */
        public Builder maxSchemas(int schemas) {
            limit = positive(schemas);
            return this;
        }

        private static int positive(int number) {
            if (number < 1) {
                throw new IllegalArgumentException("The number to remember is not positive: " + number);
            }
            return number;
        }

        /** Reads records into classes generated from their schemas, where that loader has them. */
        public Builder specificRecords(ClassLoader application) {
            target = new Target(null, true, Objects.requireNonNull(application, "application"));
            return this;
        }

        /**
         * How long the latest version of a subject is taken to be the latest: one minute by default. If the registry itself
         * remembers latest versions, as a caching one does, that time comes on top.
         */
        public Builder latestTimeToLive(Duration timeToLive) {
            if (timeToLive.isNegative()) {
                throw new IllegalArgumentException("The time to live of latest versions is negative: " + timeToLive);
            }
            latestTimeToLive = timeToLive;
            return this;
        }

        /** What the time to live is measured with. */
        public Builder clock(Clock newClock) {
            clock = Objects.requireNonNull(newClock, "clock");
            return this;
        }

        /**
         * Finds the schema languages.
         *
         * @throws IllegalStateException if there is none on the class path and none was added
         * @throws IllegalArgumentException if a setting makes no sense to a language, or a rule's class cannot be used
         */
        public MessageSerializer build() {
            return new MessageSerializer(this);
        }

        private WriteSettings writeSettings() {
            SchemaSource own = new SchemaSource(autoRegister, normalize, propagateTags, spelling);
            return new WriteSettings(choice, own, strictId, strictLatest, placement);
        }

        private ReadSettings readSettings() {
            return new ReadSettings(choice, writer, source, target);
        }

        private static ClassLoader applicationLoader() {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            return context != null ? context : MessageSerializer.class.getClassLoader();
        }
    }
}
