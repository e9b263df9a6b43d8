package io.concordat.benchmarks.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;

/** What somebody who writes a codec by hand takes along: Avro's numbers and texts in a byte array. */
final class Wire {
    /** Larger than any value measured here. */
    static final int CAPACITY = 1 << 16;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Wire() {}

    static byte[] copy(byte[] out, int length) {
        return Arrays.copyOf(out, length);
    }

    static int putInt(byte[] out, int at, int value) {
        int position = at;
        int rest = (value << 1) ^ (value >> 31);
        while ((rest & ~0x7F) != 0) {
            out[position++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        out[position] = (byte) rest;
        return position + 1;
    }

    static int putLong(byte[] out, int at, long value) {
        int position = at;
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            out[position++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        out[position] = (byte) rest;
        return position + 1;
    }

    static int putBoolean(byte[] out, int at, boolean value) {
        out[at] = (byte) (value ? 1 : 0);
        return at + 1;
    }

    static int putFloat(byte[] out, int at, float value) {
        INTS.set(out, at, Float.floatToRawIntBits(value));
        return at + Float.BYTES;
    }

    static int putDouble(byte[] out, int at, double value) {
        LONGS.set(out, at, Double.doubleToRawLongBits(value));
        return at + Double.BYTES;
    }

    static int putText(byte[] out, int at, String text) {
        return putBytes(out, at, text.getBytes(UTF_8));
    }

    static int putText(byte[] out, int at, Utf8 text) {
        int position = putInt(out, at, text.getByteLength());
        System.arraycopy(text.getBytes(), 0, out, position, text.getByteLength());
        return position + text.getByteLength();
    }

    static int putBytes(byte[] out, int at, byte[] bytes) {
        return putFixed(out, putInt(out, at, bytes.length), bytes);
    }

    static int putBytes(byte[] out, int at, ByteBuffer bytes) {
        int length = bytes.remaining();
        int position = putInt(out, at, length);
        bytes.get(bytes.position(), out, position, length);
        return position + length;
    }

    static int putFixed(byte[] out, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, out, at, bytes.length);
        return at + bytes.length;
    }

    static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    /** The named type somewhere in a schema. */
    static Schema type(Schema root, String name) {
        Deque<Schema> open = new ArrayDeque<>(Set.of(root));
        Set<Schema> seen = new HashSet<>();
        while (!open.isEmpty()) {
            Schema next = open.pop();
            if (!seen.add(next)) {
                continue;
            }
            switch (next.getType()) {
                case RECORD -> next.getFields().forEach(field -> open.push(field.schema()));
                case UNION -> next.getTypes().forEach(open::push);
                case ARRAY -> open.push(next.getElementType());
                case MAP -> open.push(next.getValueType());
                default -> {}
            }
            if (next.getName().equals(name)) {
                return next;
            }
        }
        throw new IllegalArgumentException("There is no type " + name);
    }

    static GenericData.EnumSymbol[] symbols(Schema schema) {
        return schema.getEnumSymbols().stream()
                .map(symbol -> new GenericData.EnumSymbol(schema, symbol))
                .toArray(GenericData.EnumSymbol[]::new);
    }

    /** Bytes being read. */
    static final class Input {
        private final byte[] bytes;
        private int position;

        Input(byte[] bytes) {
            this.bytes = bytes;
        }

        int readInt() {
            int next = bytes[position++];
            int value = next & 0x7F;
            for (int shift = 7; next < 0; shift += 7) {
                next = bytes[position++];
                value |= (next & 0x7F) << shift;
            }
            return (value >>> 1) ^ -(value & 1);
        }

        long readLong() {
            int next = bytes[position++];
            long value = next & 0x7F;
            for (int shift = 7; next < 0; shift += 7) {
                next = bytes[position++];
                value |= (next & 0x7FL) << shift;
            }
            return (value >>> 1) ^ -(value & 1);
        }

        boolean readBoolean() {
            return bytes[position++] == 1;
        }

        float readFloat() {
            float value = Float.intBitsToFloat((int) INTS.get(bytes, position));
            position += Float.BYTES;
            return value;
        }

        double readDouble() {
            double value = Double.longBitsToDouble((long) LONGS.get(bytes, position));
            position += Double.BYTES;
            return value;
        }

        String readString() {
            int length = readInt();
            String text = new String(bytes, position, length, UTF_8);
            position += length;
            return text;
        }

        Utf8 readUtf8() {
            return new Utf8(readBytes());
        }

        byte[] readBytes() {
            return readFixed(readInt());
        }

        byte[] readFixed(int length) {
            int start = position;
            position += length;
            return Arrays.copyOfRange(bytes, start, position);
        }
    }
}
