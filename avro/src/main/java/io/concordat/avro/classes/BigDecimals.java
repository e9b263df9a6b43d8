package io.concordat.avro.classes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Avro's {@code big-decimal}: the unscaled value and the scale, both in the bytes. */
final class BigDecimals {
    private BigDecimals() {}

    static Object read(Object raw) {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder((byte[]) raw, null);
        try {
            BigInteger unscaled = new BigInteger(copy(decoder.readBytes(null)));
            return new BigDecimal(unscaled, decoder.readInt());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Object written(Object value) {
        BigDecimal decimal = (BigDecimal) value;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            encoder.writeBytes(decimal.unscaledValue().toByteArray());
            encoder.writeInt(decimal.scale());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
