package io.concordat.avro.interpreter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.api.format.RecordBuffer;
import io.concordat.avro.plan.Limits;
import java.nio.ByteBuffer;
import org.apache.avro.util.Utf8;

/** One record being written in Avro's binary encoding. */
final class RecordOutput {
    private final RecordBuffer out;
    private final int maxDepth;
    private int depth;

    RecordOutput(RecordBuffer out, int depth, Limits limits) {
        this.out = out;
        this.depth = depth;
        maxDepth = limits.depth();
    }

    /** One level down; deeper values are refused, since they may well contain themselves. */
    void enter() {
        depth++;
        if (depth > maxDepth) {
            throw new Misfit("the value nests more than " + maxDepth + " levels deep");
        }
    }

    void leave() {
        depth--;
    }

    void writeBoolean(boolean value) {
        out.write(value ? 1 : 0);
    }

    void writeLong(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    void writeFloat(float value) {
        writeLittleEndian(Float.floatToRawIntBits(value), Float.BYTES);
    }

    void writeDouble(double value) {
        writeLittleEndian(Double.doubleToRawLongBits(value), Double.BYTES);
    }

    private void writeLittleEndian(long bits, int bytes) {
        long rest = bits;
        for (int i = 0; i < bytes; i++) {
            out.write((int) rest);
            rest >>>= Byte.SIZE;
        }
    }

    void writeText(CharSequence text) {
        if (text instanceof Utf8 utf8) {
            writeLong(utf8.getByteLength());
            write(utf8.getBytes(), 0, utf8.getByteLength());
        } else {
            byte[] bytes = text.toString().getBytes(UTF_8);
            writeLong(bytes.length);
            write(bytes, 0, bytes.length);
        }
    }

    void write(byte[] bytes, int offset, int length) {
        out.write(bytes, offset, length);
    }

    /** Writes what lies between position and limit, and leaves both where they are. */
    void write(ByteBuffer buffer) {
        if (buffer.hasArray()) {
            write(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
        } else {
            byte[] copy = new byte[buffer.remaining()];
            buffer.get(buffer.position(), copy);
            write(copy, 0, copy.length);
        }
    }
}
