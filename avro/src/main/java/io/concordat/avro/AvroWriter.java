package io.concordat.avro;

import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec;
import io.concordat.avro.plan.Shape;
import io.concordat.avro.plan.WritePlan;
import io.concordat.avro.plan.WritePlanner;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** Writes records under one schema: objects of a class generated from it by a plan for that class, all others by another. */
final class AvroWriter implements RecordCodec.Writer {
    private record OfClass(Class<?> type, PlannedWriter writer) {}

    private final Schema schema;
    private final int compileAfter;
    private final PlannedWriter general;
    private volatile @Nullable OfClass lastOfClass;

    /** @param compileAfter how many records are written before a plan is compiled */
    AvroWriter(Schema schema, int compileAfter) {
        this.schema = schema;
        this.compileAfter = compileAfter;
        general = new PlannedWriter(WritePlanner.plan(schema, Shape.AVRO, GenericData.get()), compileAfter);
    }

    @Override
    public void write(Object value, RecordBuffer out) {
        if (value instanceof SpecificRecordBase specific) {
            writerOf(specific).write(value, out);
        } else {
            general.write(value, out);
        }
    }

    @SuppressWarnings("ReferenceEquality") // Only of the class's very own schema do we look up classes by their names.
    private PlannedWriter writerOf(SpecificRecordBase value) {
        OfClass last = lastOfClass;
        if (last != null && last.type() == value.getClass()) {
            return last.writer();
        }
        if (value.getSchema() != schema) {
            return general;
        }
        WritePlan plan = WritePlanner.planOf(value.getClass(), schema);
        last = new OfClass(value.getClass(), new PlannedWriter(plan, compileAfter));
        lastOfClass = last;
        return last.writer();
    }
}
