package io.concordat.avro.plan;

import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** What is to be read at one place. Immutable, but for the fields of a record, which may be of the record's own type. */
public sealed interface ReadNode {
    <R> R accept(Visitor<R> visitor);

    /** Nothing, which takes no bytes. */
    record Nothing() implements ReadNode {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.nothing(this);
        }
    }

    /**
     * A number or a truth value.
     *
     * @param read what it is
     * @param written as what it was written
     */
    record Primitive(Scalar read, Scalar written) implements ReadNode {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.primitive(this);
        }
    }

    /**
     * Text.
     *
     * @param isString whether it is Java's, else {@link org.apache.avro.util.Utf8}
     */
    record Text(boolean isString) implements ReadNode {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.text(this);
        }
    }

    /**
     * Bytes.
     *
     * @param isArray whether they are a {@code byte[]}, else a {@link java.nio.ByteBuffer}
     */
    record Bytes(boolean isArray) implements ReadNode {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.bytes(this);
        }
    }

    /** Bytes of one length, as a {@link org.apache.avro.generic.GenericData.Fixed}. */
    record Fixed(Schema schema) implements ReadNode {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.fixed(this);
        }
    }

    /** Bytes of one length, as an object of a generated class. */
    record SpecificFixed(Schema schema, Class<?> type) implements ReadNode {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.specificFixed(this);
        }
    }

    /** Bytes of one length, as they are. */
    record FixedBytes(int size) implements ReadNode {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.fixedBytes(this);
        }
    }

    /**
     * A symbol of an enum.
     *
     * @param written the schema it was written with
     * @param values what each of that schema's symbols is; null where the reader has none
     */
    record Symbol(Schema written, List<@Nullable Object> values) implements ReadNode {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.symbol(this);
        }
    }

    /**
     * An array.
     *
     * @param isPlain whether it is an {@link java.util.ArrayList} where its items are objects, else a
     *     {@link org.apache.avro.generic.GenericData.Array}, which compares its items as Avro does
     */
    record Array(Schema schema, ReadNode items, ItemCost cost, boolean isPlain) implements ReadNode {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.array(this);
        }
    }

    /** A map; its keys are of one kind of text. */
    record Entries(Text keys, ReadNode values, ItemCost cost) implements ReadNode {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.entries(this);
        }
    }

    /** A record: the writer's fields in their order, then what only the reader has. */
    @SuppressWarnings("AvoidCommonTypeNames") // It is what Avro calls it.
    final class Record implements ReadNode {
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

        /** The schema it is seen through. */
        public Schema schema() {
            return schema;
        }

        public RecordShape shape() {
            return shape;
        }

        public List<Field> fields() {
            return fields;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.record(this);
        }
    }

    /**
     * A field of a record.
     *
     * @param name for messages
     * @param target the position in the reader's schema, or of the property of an object; negative if the value is not
     *     wanted
     */
    record Field(String name, int target, ReadNode node) {
        public boolean isWanted() {
            return target >= 0;
        }
    }

    /** A union, by the writer's branches. */
    record Union(List<ReadNode> branches) implements ReadNode {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.union(this);
        }
    }

    /** A value that is made from another. */
    record Converted(ReadNode raw, Converter converter) implements ReadNode {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.converted(this);
        }
    }

    /** A value that was not written: each time anew, since it may be one that can be changed. */
    final class Default implements ReadNode {
        private final byte[] bytes;
        private final ReadNode value;

        Default(byte[] bytes, ReadNode value) {
            this.bytes = bytes;
            this.value = value;
        }

        /** Its encoding; not to be changed. */
        public byte[] bytes() {
            return bytes;
        }

        public ReadNode value() {
            return value;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.defaulted(this);
        }
    }

    /** A value that is passed over. */
    record Skipped(SkipNode written) implements ReadNode {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.skipped(this);
        }
    }

    /** A value that the reader's schema has no room for. */
    record Unreadable(String reason) implements ReadNode {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unreadable(this);
        }
    }

    /** Who makes something of nodes. */
    interface Visitor<R> {
        R nothing(Nothing node);

        R primitive(Primitive node);

        R text(Text node);

        R bytes(Bytes node);

        R fixed(Fixed node);

        R specificFixed(SpecificFixed node);

        R fixedBytes(FixedBytes node);

        R symbol(Symbol node);

        R array(Array node);

        R entries(Entries node);

        R record(Record node);

        R union(Union node);

        R converted(Converted node);

        R defaulted(Default node);

        R skipped(Skipped node);

        R unreadable(Unreadable node);
    }
}
