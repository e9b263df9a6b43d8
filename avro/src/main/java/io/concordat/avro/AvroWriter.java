package io.concordat.avro;

import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec;
import io.concordat.avro.interpreter.InterpretedWriter;
import io.concordat.avro.plan.Shape;
import io.concordat.avro.plan.WritePlanner;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Writes records under one schema. */
final class AvroWriter implements RecordCodec.Writer {
    private final InterpretedWriter interpreted;

    AvroWriter(Schema schema) {
        interpreted = new InterpretedWriter(WritePlanner.plan(schema, Shape.AVRO, GenericData.get()));
    }

    @Override
    public void write(Object value, RecordBuffer out) {
        interpreted.write(value, out);
    }
}
