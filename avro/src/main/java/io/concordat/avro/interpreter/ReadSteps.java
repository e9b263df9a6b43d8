package io.concordat.avro.interpreter;

import io.concordat.avro.plan.ReadNode;
import io.concordat.avro.plan.Scalar;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificFixed;
import org.jspecify.annotations.Nullable;

/** Makes steps of what is to be read. */
final class ReadSteps implements ReadNode.Visitor<ReadStep> {
    private final Map<ReadNode.Record, RecordReading> records = new IdentityHashMap<>();
    private final SkipSteps skips = new SkipSteps();

    @Override
    public ReadStep nothing(ReadNode.Nothing node) {
        return in -> null;
    }

    @Override
    public ReadStep primitive(ReadNode.Primitive node) {
        return switch (node.read()) {
            case BOOLEAN -> RecordInput::readBoolean;
            case INT -> RecordInput::readInt;
            case LONG -> node.written() == Scalar.INT ? in -> (long) in.readInt() : RecordInput::readLong;
            case FLOAT -> floatFrom(node.written());
            case DOUBLE -> doubleFrom(node.written());
        };
    }

    private static ReadStep floatFrom(Scalar written) {
        return switch (written) {
            case INT -> in -> (float) in.readInt();
            case LONG -> in -> (float) in.readLong();
            default -> RecordInput::readFloat;
        };
    }

    private static ReadStep doubleFrom(Scalar written) {
        return switch (written) {
            case INT -> in -> (double) in.readInt();
            case LONG -> in -> (double) in.readLong();
            case FLOAT -> in -> (double) in.readFloat();
            default -> RecordInput::readDouble;
        };
    }

    @Override
    public ReadStep text(ReadNode.Text node) {
        return node.isString() ? RecordInput::readString : RecordInput::readUtf8;
    }

    @Override
    public ReadStep bytes(ReadNode.Bytes node) {
        return node.isArray() ? RecordInput::readBytes : in -> ByteBuffer.wrap(in.readBytes());
    }

    @Override
    public ReadStep fixed(ReadNode.Fixed node) {
        int size = node.schema().getFixedSize();
        return in -> new GenericData.Fixed(node.schema(), in.readFixed(size));
    }

    @Override
    public ReadStep specificFixed(ReadNode.SpecificFixed node) {
        int size = node.schema().getFixedSize();
        return in -> {
            byte[] bytes = in.readFixed(size);
            SpecificFixed value = (SpecificFixed) SpecificData.newInstance(node.type(), node.schema());
            value.bytes(bytes);
            return value;
        };
    }

    @Override
    public ReadStep fixedBytes(ReadNode.FixedBytes node) {
        return in -> in.readFixed(node.size());
    }

    @Override
    public ReadStep symbol(ReadNode.Symbol node) {
        @Nullable Object[] values = node.values().toArray();
        return in -> {
            int index = in.readIndex(values.length, "symbol");
            Object value = values[index];
            if (value == null) {
                throw new Misfit("the reader's schema has no symbol '"
                        + node.written().getEnumSymbols().get(index) + "' and no default");
            }
            return value;
        };
    }

    @Override
    public ReadStep array(ReadNode.Array node) {
        if (node.items() instanceof ReadNode.Primitive primitive) {
            return PrimitiveReading.of(node, primitive);
        }
        return new ArrayReading(node, node.items().accept(this));
    }

    @Override
    public ReadStep entries(ReadNode.Entries node) {
        return new MapReading(node.keys().accept(this), node.values().accept(this), node.cost());
    }

    @Override
    public ReadStep record(ReadNode.Record node) {
        RecordReading known = records.get(node);
        if (known != null) {
            return known;
        }
        RecordReading reading = RecordReading.of(node);
        records.put(node, reading); // Before its fields, which may be of the same type.
        reading.set(node.fields().stream()
                .map(field -> new RecordReading.Field(
                        field.name(), field.target(), field.node().accept(this)))
                .toList());
        return reading;
    }

    @Override
    public ReadStep union(ReadNode.Union node) {
        ReadStep[] branches =
                node.branches().stream().map(branch -> branch.accept(this)).toArray(ReadStep[]::new);
        return in -> branches[in.readIndex(branches.length, "branch")].read(in);
    }

    @Override
    public ReadStep converted(ReadNode.Converted node) {
        ReadStep raw = node.raw().accept(this);
        return in -> {
            Object value = raw.read(in);
            try {
                return node.converter().fromAvro(value);
            } catch (RuntimeException e) {
                throw new Misfit("is no " + node.converter().expected() + ": " + e.getMessage(), e);
            }
        };
    }

    @Override
    public ReadStep defaulted(ReadNode.Default node) {
        ReadStep value = node.value().accept(this);
        return in -> value.read(in.within(node.bytes()));
    }

    @Override
    public ReadStep skipped(ReadNode.Skipped node) {
        SkipStep skip = node.written().accept(skips);
        return in -> {
            skip.skip(in);
            return null;
        };
    }

    @Override
    public ReadStep unreadable(ReadNode.Unreadable node) {
        return in -> {
            throw new Misfit(node.reason());
        };
    }
}
