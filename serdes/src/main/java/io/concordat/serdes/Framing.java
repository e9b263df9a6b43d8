package io.concordat.serdes;

import io.concordat.api.format.RecordBuffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.UUID;

/**
 * What stands before a record's bytes, or in a header: {@code 00} and the schema's id in four bytes, or {@code 01} and its
 * GUID in sixteen. The most significant byte comes first.
 */
final class Framing {
    /** How many bytes stand before a record behind an id. */
    static final int ID_LENGTH = 1 + Integer.BYTES;

    /** How many bytes stand before a record behind a GUID. */
    static final int GUID_LENGTH = 1 + 2 * Long.BYTES;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte ID = 0;
    private static final byte GUID = 1;
    private static final int SHOWN = 8;

    private Framing() {}

    static void writeId(int id, RecordBuffer out) {
        out.write(ID);
        out.writeInt(id);
    }

    /** Fills the front of a message, which is large enough. */
    static void putId(int id, byte[] message) {
        message[0] = ID;
        INTS.set(message, 1, id);
    }

    /** A record behind its schema's id. */
    static byte[] behindId(int id, byte[] type, byte[] rest) {
        return ByteBuffer.allocate(ID_LENGTH + type.length + rest.length)
                .put(ID)
                .putInt(id)
                .put(type)
                .put(rest)
                .array();
    }

    /** The name of the header that names the schema of a part. */
    static String headerOf(RecordPart part) {
        return part == RecordPart.KEY ? "__key_schema_id" : "__value_schema_id";
    }

    /** What that header says. */
    static byte[] headerValue(UUID guid, byte[] type) {
        byte[] name = new byte[GUID_LENGTH + type.length];
        name[0] = GUID;
        LONGS.set(name, 1, guid.getMostSignificantBits());
        LONGS.set(name, 1 + Long.BYTES, guid.getLeastSignificantBits());
        System.arraycopy(type, 0, name, GUID_LENGTH, type.length);
        return name;
    }

    static boolean hasId(ByteBuffer message) {
        return message.remaining() >= ID_LENGTH && message.get(message.position()) == ID;
    }

    static boolean hasId(byte[] message) {
        return message.length >= ID_LENGTH && message[0] == ID;
    }

    /** The id at the front of a message that {@linkplain #hasId has one}. */
    static int id(byte[] message) {
        return (int) INTS.get(message, 1);
    }

    static boolean hasGuid(ByteBuffer message) {
        return message.remaining() >= GUID_LENGTH && message.get(message.position()) == GUID;
    }

    static boolean namesSchema(ByteBuffer message) {
        return hasId(message) || hasGuid(message);
    }

    /**
     * Whether an id that nobody knows may be the first half of one of eight bytes.
     *
     * @param rest big-endian, what stands behind the id; its position stays as it is
     */
    static boolean isLongId(int id, ByteBuffer rest) {
        return id == 0 && rest.remaining() >= Integer.BYTES && rest.getInt(rest.position()) > 0;
    }

    /** Takes the id off the front of a big-endian buffer that {@linkplain #hasId has one}. */
    static int takeId(ByteBuffer message) {
        message.get();
        return message.getInt();
    }

    /** The id at the front of a big-endian buffer that {@linkplain #hasId has one}; its position stays as it is. */
    static int id(ByteBuffer message) {
        return message.getInt(message.position() + 1);
    }

    /** The GUID at the front of a big-endian buffer that {@linkplain #hasGuid has one}; its position stays as it is. */
    static UUID guid(ByteBuffer message) {
        int position = message.position() + 1;
        return new UUID(message.getLong(position), message.getLong(position + Long.BYTES));
    }

    /** The rest of a message that has an id or a GUID; its position stays as it is. */
    static ByteBuffer withoutName(ByteBuffer message) {
        ByteBuffer rest = message.duplicate();
        return rest.position(rest.position() + (hasId(message) ? ID_LENGTH : GUID_LENGTH));
    }

    /** Passes over the byte before a GUID, in a big-endian buffer that {@linkplain #hasGuid has one}. */
    static void skipMagic(ByteBuffer message) {
        message.get();
    }

    /** Why these bytes, which a header holds, name no schema. */
    static String headerProblem(RecordPart part, byte[] header) {
        ByteBuffer bytes = ByteBuffer.wrap(header);
        return "its header '" + headerOf(part) + "' names no schema: "
                + (header.length == 0 ? "it is empty" : "it holds " + firstBytes(bytes))
                + "; 01 and a GUID of sixteen bytes, or 00 and an id of four, are expected";
    }

    /** Why these bytes are no message: neither an id nor a GUID is there. */
    static String problem(ByteBuffer message) {
        if (!message.hasRemaining()) {
            return "it is empty; a message begins with 00 and a schema id of four bytes";
        }
        byte first = message.get(message.position());
        if (first == ID || first == GUID) {
            String what = first == ID ? "schema id of four bytes" : "schema GUID of sixteen bytes";
            return "it ends within the " + what + ": " + firstBytes(message);
        }
        PayloadForm form = PayloadForm.of(message);
        return "it begins with " + firstBytes(message) + ", not with 00 and a schema id"
                + (form == PayloadForm.UNKNOWN ? "" : ": it looks like " + form.description())
                + "; whoever wrote it did not use a schema registry serializer";
    }

    private static String firstBytes(ByteBuffer message) {
        byte[] shown = new byte[Math.min(SHOWN, message.remaining())];
        message.get(message.position(), shown);
        return HexFormat.ofDelimiter(" ").formatHex(shown) + (shown.length < message.remaining() ? " ..." : "");
    }
}
