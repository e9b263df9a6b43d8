package io.concordat.serdes;

import io.concordat.api.RegistryException;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordException;
import io.concordat.serdes.Buffers.Spare;
import io.concordat.serdes.Encoding.WriteRules;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From a value whose encoding is known to its message. */
final class Writing {
    private final boolean behindId;
    private final Buffers buffers = new Buffers();

    /** @param behindId whether an id before the record names its schema, and not a header */
    Writing(boolean behindId) {
        this.behindId = behindId;
    }

    byte[] write(
            Encoding encoding,
            @Nullable String topic,
            @Nullable RecordPart part,
            @Nullable MessageHeaders headers,
            Object value) {
        WriteRules rules = encoding.rules();
        if (rules != null) {
            return writeInSteps(encoding, rules, topic, part, headers, value);
        }
        try {
            return behindId
                    ? writeBehindId(encoding, part, headers, value)
                    : writeBehindHeader(encoding, topic, part, headers, value);
        } catch (RuntimeException e) {
            throw told(e, new Origin(topic, part, encoding.id(), encoding.subject()));
        }
    }

    /** What went wrong with one value. */
    private static RuntimeException told(RuntimeException failure, Origin origin) {
        if (failure instanceof EncodeException) {
            return failure;
        }
        if (failure instanceof RegistryException refusal) {
            return Brief.located(Encoder.VERB, origin, Encoder.UNNAMED, refusal);
        }
        return failure instanceof RecordException || failure instanceof RuleChain.FailedException
                ? new EncodeException(origin, failure)
                // Such as a class of the application that does not give what the schema asks for.
                : EncodeException.ofValue(Brief.of(failure.toString()), origin, failure);
    }

    private byte[] writeBehindId(
            Encoding encoding, @Nullable RecordPart part, @Nullable MessageHeaders headers, Object value) {
        byte[] whole = encoding.writer().write(value, Framing.ID_LENGTH);
        if (whole == null) {
            whole = writeInBuffer(encoding, value);
        } else {
            Framing.putId(numberOf(encoding), whole);
        }
        if (headers != null && part != null) {
            removeName(headers, part);
        }
        return whole;
    }

    private byte[] writeBehindHeader(
            Encoding encoding,
            @Nullable String topic,
            @Nullable RecordPart part,
            @Nullable MessageHeaders headers,
            Object value) {
        byte[] bytes = bytes(encoding, value);
        return named(Body.split(bytes, typeLength(encoding, bytes)), encoding, topic, part, headers);
    }

    private byte[] writeInBuffer(Encoding encoding, Object value) {
        Spare spare = buffers.take();
        try {
            RecordBuffer buffer = spare.buffer();
            Framing.writeId(numberOf(encoding), buffer);
            encoding.writer().write(value, buffer);
            return buffer.toByteArray();
        } finally {
            buffers.giveBack(spare);
        }
    }

    /** A record that is passed on has the header of where it came from, which would win over what stands before it now. */
    private static void removeName(MessageHeaders headers, RecordPart part) {
        String header = Framing.headerOf(part);
        if (headers.last(header) != null) {
            headers.remove(header);
        }
    }

    private byte[] writeInSteps(
            Encoding encoding,
            WriteRules rules,
            @Nullable String topic,
            @Nullable RecordPart part,
            @Nullable MessageHeaders headers,
            Object value) {
        try {
            RecordAtHand record = new RecordAtHand(topic, part, encoding.subject(), headers, null);
            byte[] bytes = bytes(encoding, rules.onRecord().run(value, record));
            Body body = Body.split(bytes, typeLength(encoding, bytes));
            byte[] rest =
                    rules.onBytes().isEmpty() ? body.rest : rules.onBytes().runOnBytes(body.rest, record);
            if (!behindId) {
                return named(new Body(body.type, rest), encoding, topic, part, headers);
            }
            if (headers != null && part != null) {
                removeName(headers, part);
            }
            return Framing.behindId(numberOf(encoding), body.type, rest);
        } catch (RuntimeException e) {
            throw told(e, new Origin(topic, part, encoding.id(), encoding.subject()));
        }
    }

    private static int typeLength(Encoding encoding, byte[] bytes) {
        return encoding.codec().typeLength(ByteBuffer.wrap(bytes));
    }

    /** Puts into a header what schema and which of its types a record is of, and gives the rest of it. */
    private static byte[] named(
            Body body,
            Encoding encoding,
            @Nullable String topic,
            @Nullable RecordPart part,
            @Nullable MessageHeaders headers) {
        if (headers == null || part == null) {
            throw EncodeException.ofConfiguration(
                    "its schema is to be named in a header, and there are no headers to put it in",
                    new Origin(topic, part, encoding.id(), encoding.subject()));
        }
        String header = Framing.headerOf(part);
        byte[] name = Framing.headerValue(encoding.guid(), body.type);
        if (!Arrays.equals(headers.last(header), name)) {
            headers.put(header, name);
        }
        return body.rest;
    }

    private byte[] bytes(Encoding encoding, Object value) {
        Spare spare = buffers.take();
        try {
            RecordBuffer buffer = spare.buffer();
            encoding.writer().write(value, buffer);
            return buffer.toByteArray();
        } finally {
            buffers.giveBack(spare);
        }
    }

    private static int numberOf(Encoding encoding) {
        return Objects.requireNonNull(encoding.id(), "id").id();
    }
}
