package io.concordat.avro.interpreter;

import io.concordat.avro.plan.RecordShape;
import io.concordat.avro.plan.Shape;
import io.concordat.avro.plan.WriteNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a record. */
abstract class RecordWriting implements WriteStep {
    /** What to do at one field. */
    record Field(WriteNode.Field plan, WriteStep step) {
        void write(@Nullable Object value, RecordOutput out) {
            try {
                step.write(value, out);
            } catch (Misfit e) {
                throw e.inField(plan.name());
            }
        }
    }

    Field[] fields = {};

    static RecordWriting of(WriteNode.Record node) {
        if (node.shape() instanceof Shape.ObjectShape object) {
            return new ObjectWriting(node.schema(), object);
        }
        return new IndexedWriting(node, node.shape() instanceof RecordShape.Specific specific ? specific.type() : null);
    }

    final void set(List<Field> newFields) {
        fields = newFields.toArray(new Field[0]);
    }
}
