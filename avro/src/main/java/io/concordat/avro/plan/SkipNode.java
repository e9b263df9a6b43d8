package io.concordat.avro.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be passed over at one place. Immutable, but for the fields of a record, which may be of the record's own type. */
public sealed interface SkipNode {
    <R extends @Nullable Object> R accept(Visitor<R> visitor);

    /** So many bytes. */
    record Size(int bytes) implements SkipNode {
        @Override
        public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
            return visitor.size(this);
        }
    }

    /** A number of variable length. */
    record Varint(boolean isLong) implements SkipNode {
        @Override
        public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
            return visitor.varint(this);
        }
    }

    /** The number of an enum's symbol. */
    record Symbol(int symbols) implements SkipNode {
        @Override
        public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
            return visitor.symbol(this);
        }
    }

    /** Bytes behind their length. */
    record Prefixed() implements SkipNode {
        @Override
        public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
            return visitor.prefixed(this);
        }
    }

    /**
     * An array or a map.
     *
     * @param isMap whether there is a key before each item
     */
    record Items(SkipNode item, boolean isMap, ItemCost cost) implements SkipNode {
        @Override
        public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
            return visitor.items(this);
        }
    }

    /** A union. */
    record Union(List<SkipNode> branches) implements SkipNode {
        @Override
        public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
            return visitor.union(this);
        }
    }

    /** A record. */
    @SuppressWarnings("AvoidCommonTypeNames") // It is what Avro calls it.
    final class Record implements SkipNode {
        private List<Field> fields = List.of();

        void set(List<Field> newFields) {
            fields = List.copyOf(newFields);
        }

        public List<Field> fields() {
            return fields;
        }

        @Override
        public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
            return visitor.record(this);
        }
    }

    /** A field of a record. */
    record Field(String name, SkipNode node) {}

    /** Who makes something of nodes. */
    interface Visitor<R extends @Nullable Object> {
        R size(Size node);

        R varint(Varint node);

        R symbol(Symbol node);

        R prefixed(Prefixed node);

        R items(Items node);

        R union(Union node);

        R record(Record node);
    }
}
