package io.concordat.engine.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.api.json.Json;
import io.concordat.api.json.JsonShape;
import io.concordat.engine.log.LogRecord;
import io.concordat.engine.log.NewRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A record as it stands in an archive: one line of JSON. Bytes that are no UTF-8 are written in base64. */
@SuppressWarnings("ArrayRecordComponent") // Compared by its own method only.
record ArchivedRecord(Instant timestamp, byte[] key, byte @Nullable [] value) {
    private static final String BASE64 = "64";

    // Not the compact form: of that, javac leaves out the annotations of the parameters, which callers' checks need.
    ArchivedRecord(Instant timestamp, byte[] key, byte @Nullable [] value) {
        this.timestamp = timestamp;
        this.key = key;
        this.value = value;
    }

    static ArchivedRecord of(LogRecord record) {
        return new ArchivedRecord(record.timestamp(), record.key(), record.value());
    }

    /** @throws IllegalArgumentException if the members are not those of a record */
    static ArchivedRecord of(Map<?, ?> members) {
        Object timestamp = members.get("ts");
        byte[] key = bytes(members, "key");
        if (!(timestamp instanceof Number millis) || key == null) {
            throw new IllegalArgumentException("a record needs 'ts' and 'key'");
        }
        return new ArchivedRecord(Instant.ofEpochMilli(millis.longValue()), key, bytes(members, "value"));
    }

    private static byte @Nullable [] bytes(Map<?, ?> members, String name) {
        Object encoded = members.get(name + BASE64);
        if (encoded != null) {
            return Base64.getDecoder().decode(JsonShape.text(name + BASE64, encoded));
        }
        Object text = members.get(name);
        return text == null ? null : JsonShape.text(name, text).getBytes(UTF_8);
    }

    byte[] line() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("ts", timestamp.toEpochMilli());
        put(members, "key", key);
        if (value != null) {
            put(members, "value", value);
        }
        return Json.write(members);
    }

    private static void put(Map<String, Object> members, String name, byte[] bytes) {
        try {
            members.put(name, UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            members.put(name + BASE64, Base64.getEncoder().encodeToString(bytes));
        }
    }

    NewRecord toAppend() {
        return new NewRecord(key, value, timestamp);
    }

    boolean isSame(ArchivedRecord other) {
        return Arrays.equals(key, other.key)
                && Arrays.equals(value, other.value)
                && Objects.equals(timestamp, other.timestamp);
    }
}
