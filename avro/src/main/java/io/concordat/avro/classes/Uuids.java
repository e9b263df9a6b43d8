package io.concordat.avro.classes;

import java.nio.ByteBuffer;
import java.util.UUID;

/** UUIDs in sixteen bytes, the most significant first. */
final class Uuids {
    private Uuids() {}

    static Object read(Object raw) {
        ByteBuffer bytes = ByteBuffer.wrap((byte[]) raw);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    static Object written(Object value) {
        UUID uuid = (UUID) value;
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }
}
