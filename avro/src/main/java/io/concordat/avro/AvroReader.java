package io.concordat.avro;

import io.concordat.api.format.RecordCodec;
import io.concordat.avro.interpreter.InterpretedReader;
import io.concordat.avro.plan.ReadPlan;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads records by a plan. */
final class AvroReader implements RecordCodec.Reader {
    private final InterpretedReader interpreted;

    AvroReader(ReadPlan plan) {
        interpreted = new InterpretedReader(plan);
    }

    @Override
    public @Nullable Object read(ByteBuffer bytes) {
        if (bytes.hasArray()) {
            int from = bytes.arrayOffset() + bytes.position();
            return interpreted.read(bytes.array(), from, from + bytes.remaining());
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return interpreted.read(copy, 0, copy.length);
    }
}
