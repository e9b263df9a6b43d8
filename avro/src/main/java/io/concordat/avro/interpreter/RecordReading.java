package io.concordat.avro.interpreter;

import io.concordat.avro.plan.ReadNode;
import io.concordat.avro.plan.RecordShape;
import io.concordat.avro.plan.Shape;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/** Reads a record: the writer's fields in their order, then what only the reader has. */
abstract class RecordReading implements ReadStep {
    /** What to do at one field; a negative target means that its value is not wanted. */
    record Field(String name, int target, ReadStep step) {
        @Nullable
        Object read(RecordInput in) {
            try {
                return step.read(in);
            } catch (Misfit e) {
                throw e.inField(name);
            }
        }
    }

    Field[] fields = {};

    static RecordReading of(ReadNode.Record node) {
        if (node.shape() instanceof Shape.ObjectShape object) {
            return object.isMadeAtOnce() ? new ObjectMaking(object) : new ObjectFilling(object);
        }
        return node.shape() instanceof RecordShape.Specific specific
                ? new Positional(specific.type(), specific.schema())
                : new Positional(null, node.schema());
    }

    final void set(List<Field> newFields) {
        fields = newFields.toArray(new Field[0]);
    }

    /** A record of Avro's, which takes its fields by their position. */
    private static final class Positional extends RecordReading {
        private final @Nullable Class<?> generated;
        private final Schema schema;

        private Positional(@Nullable Class<?> generated, Schema schema) {
            this.generated = generated;
            this.schema = schema;
        }

        @Override
        public Object read(RecordInput in) {
            in.enter();
            IndexedRecord record = generated == null
                    ? new GenericData.Record(schema)
                    : (IndexedRecord) SpecificData.newInstance(generated, schema);
            for (Field field : fields) {
                Object value = field.read(in);
                if (field.target() >= 0) {
                    put(record, field, value);
                }
            }
            in.leave();
            return record;
        }

        private void put(IndexedRecord record, Field field, @Nullable Object value) {
            try {
                record.put(field.target(), value);
            } catch (ClassCastException | NullPointerException e) {
                throw new Misfit(
                                "the class generated for " + schema.getFullName() + " does not take its value: "
                                        + e.getMessage(),
                                e)
                        .inField(field.name());
            }
        }
    }
}
