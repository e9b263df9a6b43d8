package io.concordat.avro.interpreter;

import io.concordat.api.format.InvalidSchemaException;
import io.concordat.avro.plan.WriteNode;
import io.concordat.avro.plan.WritePlanner;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record of Avro's, which gives its fields by their position. A record of another version of the schema is written by
 * the names of its fields.
 */
final class IndexedWriting extends RecordWriting {
    private static final int ABSENT = -1;

    /** Where the fields are in records of some other schema. */
    private record Positions(Schema schema, int[] positions) {}

    private final WriteNode.Record node;
    private final Schema schema;
    private final @Nullable Class<?> generated;

    /** What writes objects of generated classes that were not expected here, and general records where one was. */
    private final Map<Class<?>, WriteStep> others = new ConcurrentHashMap<>();

    private volatile @Nullable Positions lastPositions;

    /** @param generated the class whose objects are expected; null for general records */
    IndexedWriting(WriteNode.Record node, @Nullable Class<?> generated) {
        this.node = node;
        this.schema = node.schema();
        this.generated = generated;
    }

    @Override
    public void write(@Nullable Object value, RecordOutput out) {
        if (!(value instanceof IndexedRecord record)) {
            throw Found.instead(schema, value);
        }
        Class<?> specific = value instanceof SpecificRecordBase ? value.getClass() : null;
        if (specific == generated) {
            writeFields(record, out);
        } else {
            other(specific == null ? IndexedRecord.class : specific).write(value, out);
        }
    }

    private WriteStep other(Class<?> type) {
        WriteStep known = others.get(type);
        if (known == null) {
            known = WritePlanner.otherwise(node, type).accept(new WriteSteps(false));
            others.put(type, known);
        }
        return known;
    }

    private void writeFields(IndexedRecord record, RecordOutput out) {
        out.enter();
        Schema own = record.getSchema();
        int[] positions = isSame(own) ? null : positions(own);
        for (int i = 0; i < fields.length; i++) {
            int position = positions == null ? i : positions[i];
            if (position == ABSENT) {
                writeDefault(fields[i], out);
            } else {
                fields[i].write(record.get(position), out);
            }
        }
        out.leave();
    }

    @SuppressWarnings("ReferenceEquality") // Equality would cost more than names do.
    private boolean isSame(Schema own) {
        return own == schema;
    }

    @SuppressWarnings("ReferenceEquality")
    private int[] positions(Schema own) {
        Positions last = lastPositions;
        if (last == null || last.schema() != own) {
            last = new Positions(own, positionsIn(own));
            lastPositions = last;
        }
        return last.positions();
    }

    private int[] positionsIn(Schema own) {
        int[] positions = new int[fields.length];
        for (int i = 0; i < positions.length; i++) {
            Schema.Field found = fields[i].plan().in(own);
            positions[i] = found == null ? ABSENT : found.pos();
        }
        return positions;
    }

    private static void writeDefault(Field field, RecordOutput out) {
        if (!field.plan().field().hasDefaultValue()) {
            throw new Misfit("the record's own schema has no such field, and the field has no default")
                    .inField(field.plan().name());
        }
        try {
            byte[] bytes = field.plan().defaultBytes();
            out.write(bytes, 0, bytes.length);
        } catch (InvalidSchemaException e) {
            throw new Misfit(String.valueOf(e.getMessage()), e)
                    .inField(field.plan().name());
        }
    }
}
