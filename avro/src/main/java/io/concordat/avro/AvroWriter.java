package io.concordat.avro;

import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordException;
import io.concordat.avro.classes.JavaClass;
import io.concordat.avro.plan.Shape;
import io.concordat.avro.plan.WritePlanner;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Writes records under one schema: objects of a class generated from it, and plain objects, by a plan for their class, all
 * others by another.
 */
final class AvroWriter implements RecordCodec.Writer {
    private static final GenericData WITHOUT_CONVERSIONS = new GenericData();

    private record OfClass(Class<?> type, PlannedWriter writer) {}

    private final Schema schema;
    private final PlannedWriter general;
    private final ClassValue<PlannedWriter> byClass;
    private volatile @Nullable OfClass lastOfClass;

    /**
     * @param model knows the conversions of logical types
     * @param classes what is known about the classes of plain objects
     * @param effort what records may cost
     */
    AvroWriter(Schema schema, GenericData model, Function<Class<?>, @Nullable JavaClass> classes, Effort effort) {
        this.schema = schema;
        general = new PlannedWriter(WritePlanner.plan(schema, Shape.AVRO, model), effort);
        PlannedWriter otherwise = general;
        byClass = new ClassValue<>() {
            @Override
            protected PlannedWriter computeValue(Class<?> type) {
                if (SpecificRecordBase.class.isAssignableFrom(type)) {
                    return new PlannedWriter(
                            WritePlanner.planOf(type.asSubclass(SpecificRecordBase.class), schema), effort);
                }
                JavaClass known = classes.apply(type);
                return known == null
                        ? otherwise
                        : new PlannedWriter(
                                WritePlanner.plan(schema, known.shape(schema), WITHOUT_CONVERSIONS), effort);
            }
        };
    }

    @Override
    public void write(Object value, RecordBuffer out) {
        writerOf(value).write(value, out);
    }

    private PlannedWriter writerOf(@Nullable Object value) {
        OfClass last = lastOfClass;
        if (value == null || isGeneral(value)) {
            return general;
        }
        if (last == null || last.type() != value.getClass()) {
            last = new OfClass(value.getClass(), ofClass(value.getClass()));
            lastOfClass = last;
        }
        return last.writer();
    }

    @SuppressWarnings("ReferenceEquality") // Only of the class's very own schema do we look up classes by their names.
    private boolean isGeneral(Object value) {
        return value instanceof GenericContainer container
                && !(value instanceof SpecificRecordBase && container.getSchema() == schema);
    }

    private PlannedWriter ofClass(Class<?> type) {
        try {
            return byClass.get(type);
        } catch (InvalidSchemaException e) {
            throw new RecordException(String.valueOf(e.getMessage()), e);
        }
    }
}
