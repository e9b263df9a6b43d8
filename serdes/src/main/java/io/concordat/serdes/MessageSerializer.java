package io.concordat.serdes;

import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordCodec.Target;
import io.concordat.api.format.SchemaFormat;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as messages and reads them back. A message is {@code 00}, the schema's id in four bytes, and the value in
 * the schema's language; no value (a tombstone) is no bytes.
 *
 * <p>Safe for many threads; one instance serves any number of topics. What the registry said is remembered, so that it is
 * asked once per schema and subject, once per id, and for a latest version once per time to live.
 *
 * <p>Every method throws {@link EncodeException} or {@link DecodeException} for what is wrong with the value or the message,
 * and passes on the {@link RegistryException} of a registry that refuses or is out of reach. A schema with rules that would
 * have to run on the record fails it: none can be executed here.
 */
public final class MessageSerializer {
    private final Encoder encoder;
    private final Decoder decoder;

    private MessageSerializer(Builder builder) {
        Languages languages = Languages.of(builder.formats, builder.codecs);
        WriterSchemas schemas = new WriterSchemas(builder.registry, languages);
        LatestVersions latest = new LatestVersions(builder.registry, schemas, builder.latestTimeToLive, builder.clock);
        SchemaSource source = new SchemaSource(builder.autoRegister, builder.normalize);
        encoder = new Encoder(builder.registry, languages, schemas, latest, builder.naming, source);
        decoder = new Decoder(languages, schemas, latest, builder.naming, builder.target);
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
     * {@linkplain Builder#autoRegister switched off}.
     *
     * @return null for null
     */
    public byte @Nullable [] encode(String topic, RecordPart part, @Nullable Object value) {
        return value == null ? null : encoder.encode(topic, part, value);
    }

    /**
     * Writes a value with a given schema, which is registered for the topic first unless that is
     * {@linkplain Builder#autoRegister switched off}. Passing the same object for every record is fastest.
     *
     * @return null for null
     */
    public byte @Nullable [] encode(String topic, RecordPart part, SchemaContent schema, @Nullable Object value) {
        return value == null ? null : encoder.encode(topic, part, schema, value);
    }

    /**
     * Writes a value with a schema that has been parsed, likewise.
     *
     * @return null for null
     */
    public byte @Nullable [] encode(String topic, RecordPart part, ParsedSchema schema, @Nullable Object value) {
        return value == null ? null : encoder.encode(topic, part, schema, value);
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
        return value == null ? null : encoder.encodeAsLatest(topic, part, value);
    }

    /**
     * Reads a message whose id is one of the default context.
     *
     * @return null for null, and where the schema says so
     */
    public @Nullable Object decode(byte @Nullable [] message) {
        return message == null ? null : decoder.decode(null, null, ByteBuffer.wrap(message));
    }

    /**
     * Reads a message of a topic.
     *
     * @return null for null, and where the schema says so
     */
    public @Nullable Object decode(String topic, RecordPart part, byte @Nullable [] message) {
        return message == null ? null : decoder.decode(topic, part, ByteBuffer.wrap(message));
    }

    /**
     * Reads the message between a buffer's position and limit, which stay as they are.
     *
     * @return null for null, and where the schema says so
     */
    public @Nullable Object decode(String topic, RecordPart part, @Nullable ByteBuffer message) {
        return message == null ? null : decoder.decode(topic, part, message.duplicate());
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
        return message == null ? null : decoder.decodeInto(readerSchema, topic, part, message.duplicate());
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
        return message == null ? null : decoder.decodeInto(readerSchema, topic, part, message.duplicate());
    }

    /**
     * Reads a message into the latest version registered for its topic. A new version is noticed within the
     * {@linkplain Builder#latestTimeToLive time to live}.
     *
     * @return null for null, and where the schema says so
     */
    public @Nullable Object decodeAsLatest(String topic, RecordPart part, byte @Nullable [] message) {
        return message == null ? null : decoder.decodeAsLatest(topic, part, ByteBuffer.wrap(message));
    }

    /**
     * Reads the message between a buffer's position and limit, which stay as they are, into the latest version registered
     * for its topic.
     *
     * @return null for null, and where the schema says so
     */
    public @Nullable Object decodeAsLatest(String topic, RecordPart part, @Nullable ByteBuffer message) {
        return message == null ? null : decoder.decodeAsLatest(topic, part, message.duplicate());
    }

    /** Settings of a serializer. For one thread. */
    public static final class Builder {
        private final Registry registry;
        private final List<SchemaFormat> formats = new ArrayList<>();
        private final List<RecordCodec> codecs = new ArrayList<>();
        private SubjectNaming naming = SubjectNaming.TOPIC;
        private Target target = Target.generic();
        private boolean autoRegister = true;
        private boolean normalize;
        private Duration latestTimeToLive = Duration.ofMinutes(1);
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
         */
        public MessageSerializer build() {
            return new MessageSerializer(this);
        }
    }
}
