package io.concordat.api.format;

import io.concordat.api.SchemaType;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schema language, as far as serializers need it: from a value to its schema and bytes, and back.
 *
 * <p>Safe for many threads. Found by {@link java.util.ServiceLoader}, or handed to whoever needs it.
 */
public interface RecordCodec {
    /** The language. */
    SchemaType type();

    /** The names of the settings that {@link #configured} looks at, such as {@code avro.fail.on.trailing.data}. */
    default Set<String> settingNames() {
        return Set.of();
    }

    /**
     * This codec as an application has set it up: another codec, or this one where nothing in the settings concerns it.
     *
     * @throws IllegalArgumentException if a value makes no sense; the message names every such setting and what it takes
     */
    default RecordCodec configured(CodecSettings settings) {
        return this;
    }

    /**
     * An object whose identity stands for the schema of a value: the same object means the same schema. Runs for every
     * record, so it neither hashes nor allocates.
     *
     * @return {@code null} if this codec does not know what to do with such a value
     * @throws InvalidSchemaException if it should, but the value's class is not one that has a schema; the message says why
     */
    @Nullable
    Object schemaKey(Object value);

    /**
     * Whether the {@linkplain #schemaKey key} of a value that has one depends on its class alone, so that it need not be asked for
     * again with the next value of that class.
     */
    default boolean isKeyedByClass(Object value) {
        return false;
    }

    /**
     * Whether a value carries a schema of this language itself, as its own records do: other languages then keep off it. Asked
     * once per class of values, where several languages are at hand.
     */
    default boolean carriesSchema(Object value) {
        return false;
    }

    /**
     * Whether values that carry no schema have one in this language, such as texts, maps and objects of an application's
     * classes. Where several languages are at hand, the first that says so takes all such values, and others none.
     */
    default boolean derivesSchemas() {
        return true;
    }

    /**
     * How many bytes at the front of a record say which of its schema's types it is of, as Protobuf's message indexes do. Where
     * a header names the schema, these bytes stand in the header.
     *
     * @param record what a {@link Writer} wrote, or what of it stands in a header; its position and limit stay as they are
     * @return 0 for a language whose schemas are of one type
     * @throws RecordException if these are no such bytes
     */
    default int typeLength(ByteBuffer record) {
        return 0;
    }

    /** The schema that such a key stands for. Runs once per key. */
    ParsedSchema schemaOf(Object schemaKey);

    /** What writes values under a schema. Made once per schema, used by many threads. */
    Writer writer(ParsedSchema schema);

    /**
     * What reads values that were written under a schema. Made once per schema and target, used by many threads.
     *
     * @throws InvalidSchemaException if the target's schema cannot read what the writer's schema wrote
     */
    Reader reader(ParsedSchema writer, Target target);

    /** Writes values. */
    interface Writer {
        /**
         * Appends a value's bytes to a buffer.
         *
         * @throws RecordException if the value does not fit the schema; the message names the path
         */
        void write(Object value, RecordBuffer out);

        /**
         * A value's bytes in an array of their own, for a language that knows their number before it writes them.
         *
         * @param room how many bytes are left free at the front
         * @return {@code null} if {@link #write} is the way, as it usually is
         * @throws RecordException if the value does not fit the schema; the message names the path
         */
        default byte @Nullable [] write(Object value, int room) {
            return null;
        }
    }

    /** Reads values. */
    interface Reader {
        /**
         * Reads the value between a buffer's position and limit. The bytes are not kept.
         *
         * @return may be null where the schema says so
         * @throws RecordException if the bytes are not a value of the schema
         */
        @Nullable
        Object read(ByteBuffer bytes);

        /**
         * Reads the value between two positions of an array, likewise.
         *
         * @param to the position behind the value's last byte
         */
        default @Nullable Object read(byte[] bytes, int from, int to) {
            return read(ByteBuffer.wrap(bytes, from, to - from));
        }
    }

    /**
     * What a value is read into.
     *
     * @param readerSchema the schema the application wants to see, or null for the one it was written with
     * @param specific whether classes generated from the schema are used where the application has them
     * @param classLoader where such classes are looked for
     */
    record Target(@Nullable ParsedSchema readerSchema, boolean specific, ClassLoader classLoader) {
        /** General-purpose values of the schema they were written with. */
        public static Target generic() {
            return new Target(null, false, RecordCodec.class.getClassLoader());
        }

        public Target withReaderSchema(ParsedSchema schema) {
            return new Target(schema, specific, classLoader);
        }
    }
}
