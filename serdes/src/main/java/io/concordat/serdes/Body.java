package io.concordat.serdes;

import java.util.Arrays;

/** A record's bytes in two: those that say which of its schema's types it is of, and the rest. The arrays are the record's. */
final class Body {
    private static final byte[] NOTHING = {};

    final byte[] type;
    final byte[] rest;

    Body(byte[] type, byte[] rest) {
        this.type = type;
        this.rest = rest;
    }

    static Body split(byte[] bytes, int typeLength) {
        return typeLength == 0
                ? new Body(NOTHING, bytes)
                : new Body(Arrays.copyOf(bytes, typeLength), Arrays.copyOfRange(bytes, typeLength, bytes.length));
    }

    byte[] joined() {
        if (type.length == 0) {
            return rest;
        }
        byte[] joined = Arrays.copyOf(type, type.length + rest.length);
        System.arraycopy(rest, 0, joined, type.length, rest.length);
        return joined;
    }
}
