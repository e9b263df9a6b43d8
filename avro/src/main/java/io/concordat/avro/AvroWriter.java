package io.concordat.avro;

import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordException;
import io.concordat.avro.classes.JavaClass;
import io.concordat.avro.interpreter.InterpretedWriter;
import io.concordat.avro.plan.Shape;
import io.concordat.avro.plan.WritePlanner;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Writes records under one schema. */
final class AvroWriter implements RecordCodec.Writer {
    private final InterpretedWriter general;
    private final ClassValue<InterpretedWriter> byClass;

    /** @param classes what is known about the classes of plain objects */
    AvroWriter(Schema schema, GenericData model, Function<Class<?>, @Nullable JavaClass> classes) {
        general = new InterpretedWriter(WritePlanner.plan(schema, Shape.AVRO, model));
        byClass = new ClassValue<>() {
            @Override
            protected InterpretedWriter computeValue(Class<?> type) {
                JavaClass known = classes.apply(type);
                return known == null
                        ? general
                        : new InterpretedWriter(WritePlanner.plan(schema, known.shape(schema), new GenericData()));
            }
        };
    }

    @Override
    public void write(Object value, RecordBuffer out) {
        writerOf(value).write(value, out);
    }

    private InterpretedWriter writerOf(@Nullable Object value) {
        if (value == null || value instanceof GenericContainer) {
            return general;
        }
        try {
            return byClass.get(value.getClass());
        } catch (InvalidSchemaException e) {
            throw new RecordException(e.getMessage(), e);
        }
    }
}
