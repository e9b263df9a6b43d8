package io.concordat.serdes;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** What bytes look like that are no message of this library: a guess, for whoever has to find out who wrote them. */
public enum PayloadForm {
    EMPTY("nothing at all"),
    /** They begin like a message, and end before its id or GUID does. */
    CUT_OFF("a message that was cut off"),
    JSON_TEXT("JSON text"),
    /** Printable text in UTF-8. */
    TEXT("text in UTF-8"),
    AVRO_FILE("an Avro container file"),
    AVRO_SINGLE_OBJECT("Avro's single-object encoding"),
    EIGHT_BYTE_ID("a message with an id of eight bytes instead of four"),
    /** A header names their schema, and the settings say not to look there. */
    ID_IN_HEADER("a record whose schema a header names"),
    UNKNOWN("nothing known");

    private static final int LOOKED_AT = 512;
    private static final int FINGERPRINT_LENGTH = 2 + Long.BYTES;
    private static final int AVRO_FILE_MAGIC = 'O' << 24 | 'b' << 16 | 'j' << 8 | 1;
    private static final short SINGLE_OBJECT_MAGIC = (short) 0xC301;

    private final String description;

    PayloadForm(String description) {
        this.description = description;
    }

    /** In words, such as {@code JSON text}. */
    public String description() {
        return description;
    }

    /**
     * What bytes look like that neither an id nor a GUID stands before.
     *
     * @param message big-endian; its position and limit stay as they are
     */
    static PayloadForm of(ByteBuffer message) {
        int length = message.remaining();
        int begin = message.position();
        if (length == 0) {
            return EMPTY;
        }
        if (length >= Integer.BYTES && message.getInt(begin) == AVRO_FILE_MAGIC) {
            return AVRO_FILE;
        }
        if (length >= FINGERPRINT_LENGTH && message.getShort(begin) == SINGLE_OBJECT_MAGIC) {
            return AVRO_SINGLE_OBJECT;
        }
        byte first = message.get(begin);
        return first == 0 || first == 1 ? CUT_OFF : ofText(message);
    }

    private static PayloadForm ofText(ByteBuffer message) {
        CharBuffer text = CharBuffer.allocate(LOOKED_AT);
        ByteBuffer bytes = message.duplicate();
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        if (decoder.decode(bytes, text, true).isError()) {
            return UNKNOWN;
        }
        String seen = text.flip().toString();
        if (!seen.chars().allMatch(PayloadForm::isPrintable)) {
            return UNKNOWN;
        }
        String trimmed = seen.strip();
        return !trimmed.isEmpty() && isJson(trimmed.charAt(0), lastOf(message)) ? JSON_TEXT : TEXT;
    }

    private static boolean isPrintable(int character) {
        return character >= ' ' ? character != 0x7f : character == '\n' || character == '\r' || character == '\t';
    }

    private static boolean isJson(char first, char last) {
        return (first == '{' && last == '}') || (first == '[' && last == ']') || (first == '"' && last == '"');
    }

    /** The last character that is no blank, if it is one of ASCII. */
    private static char lastOf(ByteBuffer message) {
        int end = message.limit() - 1;
        while (end > message.position() && message.get(end) <= ' ' && message.get(end) >= 0) {
            end--;
        }
        return (char) message.get(end);
    }
}
