package io.concordat.avro;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Reads one value. */
@FunctionalInterface
interface ReadStep {
    /** Collections start no larger than this: they grow with what is really there. */
    int FIRST_CAPACITY = 1 << 10;

    @Nullable
    Object read(RecordInput in);

    /** Reads a record: the writer's fields in their order, then what only the reader has. */
    final class RecordStep implements ReadStep {
        private final Schema schema;
        private final Supplier<IndexedRecord> instances;
        private Field[] fields = {};

        RecordStep(Schema schema, Supplier<IndexedRecord> instances) {
            this.schema = schema;
            this.instances = instances;
        }

        void set(List<Field> newFields) {
            fields = newFields.toArray(new Field[0]);
        }

        IndexedRecord newInstance() {
            return instances.get();
        }

        @Override
        public Object read(RecordInput in) {
            in.enter();
            IndexedRecord record = newInstance();
            for (Field field : fields) {
                field.read(in, record, schema);
            }
            in.leave();
            return record;
        }

        /** What to do at one field; a negative position means that its value is not wanted. */
        record Field(String name, int position, ReadStep step) {
            static Field of(Schema.Field field, ReadStep step) {
                return new Field(field.name(), field.pos(), step);
            }

            static Field skipped(Schema.Field field) {
                Schema schema = field.schema();
                return new Field(field.name(), -1, in -> {
                    Skipping.skip(schema, in);
                    return null;
                });
            }

            void read(RecordInput in, IndexedRecord record, Schema schema) {
                Object value;
                try {
                    value = step.read(in);
                } catch (Misfit e) {
                    throw e.inField(name);
                }
                if (position >= 0) {
                    put(record, value, schema);
                }
            }

            private void put(IndexedRecord record, @Nullable Object value, Schema schema) {
                try {
                    record.put(position, value);
                } catch (ClassCastException | NullPointerException e) {
                    throw new Misfit(
                                    "the class generated for " + schema.getFullName() + " does not take its value: "
                                            + e.getMessage(),
                                    e)
                            .inField(name);
                }
            }
        }
    }

    /** Reads an enum symbol; the writer's symbols that the reader lacks have no value. */
    final class EnumStep implements ReadStep {
        private final Schema writer;
        private final @Nullable Object[] values;

        EnumStep(Schema writer, @Nullable Object[] values) {
            this.writer = writer;
            this.values = values;
        }

        @Override
        public Object read(RecordInput in) {
            int index = in.readIndex(values.length, "symbol");
            Object value = values[index];
            if (value == null) {
                throw new Misfit("the reader's schema has no symbol '"
                        + writer.getEnumSymbols().get(index) + "' and no default");
            }
            return value;
        }
    }

    /** Reads an array. */
    record ArrayStep(Schema schema, ReadStep items) implements ReadStep {
        @Override
        public Object read(RecordInput in) {
            in.enter();
            long block = in.readBlock();
            GenericData.Array<@Nullable Object> array =
                    new GenericData.Array<>((int) Math.min(block, FIRST_CAPACITY), schema);
            while (block > 0) {
                for (long i = 0; i < block; i++) {
                    try {
                        array.add(items.read(in));
                    } catch (Misfit e) {
                        throw e.inElement(array.size());
                    }
                }
                block = in.readBlock();
            }
            in.leave();
            return array;
        }
    }

    /** Reads a map. */
    record MapStep(ReadStep keys, ReadStep values) implements ReadStep {
        @Override
        public Object read(RecordInput in) {
            in.enter();
            Map<@Nullable Object, @Nullable Object> map = new HashMap<>();
            for (long block = in.readBlock(); block > 0; block = in.readBlock()) {
                for (long i = 0; i < block; i++) {
                    Object key = keys.read(in);
                    try {
                        map.put(key, values.read(in));
                    } catch (Misfit e) {
                        throw e.inElement(String.valueOf(key));
                    }
                }
            }
            in.leave();
            return map;
        }
    }
}
