package io.concordat.avro.plan;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** What is to be written at one place. Immutable, but for the fields of a record, which may be of the record's own type. */
public sealed interface WriteNode {
    /** The schema at this place. */
    Schema schema();

    <R extends @Nullable Object> R accept(Visitor<R> visitor);

    /** Nothing, which takes no bytes. */
    record Nothing(Schema schema) implements WriteNode {
        @Override
        public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
            return visitor.nothing(this);
        }
    }

    /** A number or a truth value. */
    record Primitive(Schema schema, Scalar written) implements WriteNode {
        @Override
        public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
            return visitor.primitive(this);
        }
    }

    /** Text of any kind. */
    record Text(Schema schema) implements WriteNode {
        @Override
        public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
            return visitor.text(this);
        }
    }

    /** Bytes: an array, or a buffer's from position to limit. */
    record Bytes(Schema schema) implements WriteNode {
        @Override
        public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
            return visitor.bytes(this);
        }
    }

    /** Bytes of one length. */
    record Fixed(Schema schema) implements WriteNode {
        @Override
        public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
            return visitor.fixed(this);
        }
    }

    /** A symbol of an enum. */
    record Symbol(Schema schema, SymbolNumbers numbers) implements WriteNode {
        @Override
        public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
            return visitor.symbol(this);
        }
    }

    /** An array, from any collection. */
    record Array(Schema schema, WriteNode items) implements WriteNode {
        @Override
        public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
            return visitor.array(this);
        }
    }

    /** A map. */
    record Entries(Schema schema, WriteNode values) implements WriteNode {
        @Override
        public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
            return visitor.entries(this);
        }
    }

    /**
     * A record. Its shape is what values are expected to look like: values of another kind are written as well, by
     * {@link WritePlanner#otherwise}.
     */
    @SuppressWarnings("AvoidCommonTypeNames") // It is what Avro calls it.
    final class Record implements WriteNode {
        private final Schema schema;
        private final RecordShape shape;
        private List<Field> fields = List.of();

        Record(Schema schema, RecordShape shape) {
            this.schema = schema;
            this.shape = shape;
        }

        void set(List<Field> newFields) {
            fields = List.copyOf(newFields);
        }

        @Override
        public Schema schema() {
            return schema;
        }

        public RecordShape shape() {
            return shape;
        }

        /** All fields in the schema's order. */
        public List<Field> fields() {
            return fields;
        }

        @Override
        public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
            return visitor.record(this);
        }
    }

    /**
     * A field of a record.
     *
     * @param source the position in the schema, or of the property of an object; negative if an object has none for it
     */
    record Field(Schema.Field field, int source, WriteNode node) {
        public String name() {
            return field.name();
        }

        /** The field, or one of its aliases, in a record's own schema; null if that has none. */
        public Schema.@Nullable Field in(Schema own) {
            return in(field, own);
        }

        static Schema.@Nullable Field in(Schema.Field field, Schema own) {
            Schema.Field found = own.getField(field.name());
            if (found == null) {
                for (String alias : field.aliases()) {
                    found = found == null ? own.getField(alias) : found;
                }
            }
            return found;
        }

        /**
         * The encoding of the value of a field that a record of another version lacks.
         *
         * @throws io.concordat.api.format.InvalidSchemaException if the default is no value of the field's type
         */
        public byte[] defaultBytes() {
            return DefaultBytes.of(field);
        }
    }

    /** A union. */
    record Union(Schema schema, List<WriteNode> branches, BranchChoice choice) implements WriteNode {
        @Override
        public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
            return visitor.union(this);
        }
    }

    /** A value that Avro's is made from. */
    record Converted(WriteNode raw, Converter converter) implements WriteNode {
        @Override
        public Schema schema() {
            return raw.schema();
        }

        @Override
        public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
            return visitor.converted(this);
        }
    }

    /** A value of a logical type, or the raw value: what it is shows by its class. */
    record Logical(WriteNode raw, GenericData model) implements WriteNode {
        @Override
        public Schema schema() {
            return raw.schema();
        }

        @Override
        public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
            return visitor.logical(this);
        }
    }

    /** Who makes something of nodes. */
    interface Visitor<R extends @Nullable Object> {
        R nothing(Nothing node);

        R primitive(Primitive node);

        R text(Text node);

        R bytes(Bytes node);

        R fixed(Fixed node);

        R symbol(Symbol node);

        R array(Array node);

        R entries(Entries node);

        R record(Record node);

        R union(Union node);

        R converted(Converted node);

        R logical(Logical node);
    }
}
