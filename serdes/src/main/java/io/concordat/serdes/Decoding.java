package io.concordat.serdes;

import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec;
import io.concordat.serdes.WriterSchemas.WriterSchema;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How messages of one schema are read.
 *
 * @param schema what they were written with
 * @param id null if they name their schema by GUID
 * @param subject where the schema is registered, as far as that is known
 * @param codec the language
 * @param reader reads the value
 * @param rules what runs on the value and its bytes; null if nothing does
 */
record Decoding(
        WriterSchema schema,
        @Nullable SchemaId id,
        @Nullable Subject subject,
        RecordCodec codec,
        RecordCodec.Reader reader,
        @Nullable ReadRules rules) {

    /**
     * The value.
     *
     * @param bytes the value's, as the message has them
     * @param message the whole message from the buffer's beginning to its limit
     */
    @Nullable
    Object read(
            ByteBuffer bytes,
            @Nullable String topic,
            @Nullable RecordPart part,
            @Nullable MessageHeaders headers,
            ByteBuffer message) {
        return rules == null
                ? reader.read(bytes)
                : read(bytes, new RecordAtHand(topic, part, subject, headers, message), rules);
    }

    private @Nullable Object read(ByteBuffer bytes, RecordAtHand record, ReadRules all) {
        ByteBuffer clear = all.onBytes.isEmpty() ? bytes : clear(bytes, record, all.onBytes);
        Object value = all.migration == null ? reader.read(clear) : all.migration.read(clear, record);
        return value == null ? null : all.onRecord.run(value, record);
    }

    private ByteBuffer clear(ByteBuffer bytes, RecordAtHand record, RuleChain onBytes) {
        int typeLength = codec.typeLength(bytes);
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        Body body = Body.split(copy, typeLength);
        return ByteBuffer.wrap(new Body(body.type, onBytes.runOnBytes(body.rest, record)).joined());
    }

    /**
     * The rules of a schema for reading; at least one of them runs.
     *
     * @param onBytes run on the message's bytes
     * @param migration makes of the writer's version the one that is read into; null if the language does that by itself
     * @param onRecord run on the value
     */
    record ReadRules(RuleChain onBytes, @Nullable Migration migration, RuleChain onRecord) {
        /** Null if none runs. */
        static @Nullable ReadRules orNull(RuleChain onBytes, @Nullable Migration migration, RuleChain onRecord) {
            return onBytes.isEmpty() && migration == null && onRecord.isEmpty()
                    ? null
                    : new ReadRules(onBytes, migration, onRecord);
        }
    }

    /**
     * From one version to another by the rules of those between.
     *
     * @param from reads the writer's version
     * @param rules make of it what fits the other one
     * @param to writes that
     * @param into reads it as the application wants it
     */
    record Migration(RecordCodec.Reader from, RuleChain rules, RecordCodec.Writer to, RecordCodec.Reader into) {
        private static final int INITIAL_CAPACITY = 512;

        private @Nullable Object read(ByteBuffer bytes, RecordAtHand record) {
            Object value = from.read(bytes);
            if (value == null) {
                return null;
            }
            RecordBuffer buffer = new RecordBuffer(INITIAL_CAPACITY);
            to.write(rules.run(value, record), buffer);
            return into.read(ByteBuffer.wrap(buffer.toByteArray()));
        }
    }
}
