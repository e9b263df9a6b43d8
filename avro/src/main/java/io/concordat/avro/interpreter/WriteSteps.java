package io.concordat.avro.interpreter;

import io.concordat.avro.plan.BranchChoice;
import io.concordat.avro.plan.Converter;
import io.concordat.avro.plan.SymbolNumbers;
import io.concordat.avro.plan.TypeNames;
import io.concordat.avro.plan.WriteNode;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Conversion;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.jspecify.annotations.Nullable;

/** Makes steps of what is to be written. */
final class WriteSteps implements WriteNode.Visitor<WriteStep> {
    private final boolean bareBytes;
    private final Map<WriteNode.Record, RecordWriting> records = new IdentityHashMap<>();

    /** @param bareBytes whether bytes are written without their length */
    WriteSteps(boolean bareBytes) {
        this.bareBytes = bareBytes;
    }

    @Override
    public WriteStep nothing(WriteNode.Nothing node) {
        return (value, out) -> {
            if (value != null) {
                throw Found.instead(node.schema(), value);
            }
        };
    }

    @Override
    public WriteStep primitive(WriteNode.Primitive node) {
        Schema schema = node.schema();
        return switch (node.written()) {
            case BOOLEAN -> (value, out) -> out.writeBoolean(booleanOf(schema, value));
            case INT -> (value, out) -> out.writeLong(intOf(schema, value));
            case LONG -> (value, out) -> out.writeLong(longOf(schema, value));
            case FLOAT -> (value, out) -> out.writeFloat(numberOf(schema, value).floatValue());
            case DOUBLE ->
                (value, out) -> out.writeDouble(numberOf(schema, value).doubleValue());
        };
    }

    private static boolean booleanOf(Schema schema, @Nullable Object value) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        throw Found.instead(schema, value);
    }

    private static long intOf(Schema schema, @Nullable Object value) {
        long number = longOf(schema, value);
        if ((int) number != number) {
            throw Found.outOfRange(schema, number);
        }
        return number;
    }

    private static long longOf(Schema schema, @Nullable Object value) {
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        throw Found.instead(schema, value);
    }

    private static Number numberOf(Schema schema, @Nullable Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw Found.instead(schema, value);
    }

    @Override
    public WriteStep text(WriteNode.Text node) {
        return (value, out) -> {
            if (value instanceof CharSequence text) {
                out.writeText(text);
            } else {
                throw Found.instead(node.schema(), value);
            }
        };
    }

    @Override
    public WriteStep bytes(WriteNode.Bytes node) {
        return (value, out) -> {
            ByteBuffer bytes = value instanceof byte[] array ? ByteBuffer.wrap(array) : bufferOf(node.schema(), value);
            if (!bareBytes) {
                out.writeLong(bytes.remaining());
            }
            out.write(bytes);
        };
    }

    private static ByteBuffer bufferOf(Schema schema, @Nullable Object value) {
        if (value instanceof ByteBuffer buffer) {
            return buffer;
        }
        throw Found.instead(schema, value);
    }

    @Override
    public WriteStep fixed(WriteNode.Fixed node) {
        int size = node.schema().getFixedSize();
        return (value, out) -> {
            byte[] bytes = bytesOf(node.schema(), value);
            if (bytes.length != size) {
                throw new Misfit("expected fixed " + node.schema().getFullName() + " of " + size + " bytes, found "
                        + bytes.length + " bytes");
            }
            out.write(bytes, 0, size);
        };
    }

    private static byte[] bytesOf(Schema schema, @Nullable Object value) {
        if (value instanceof GenericFixed fixed) {
            return fixed.bytes();
        }
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        throw Found.instead(schema, value);
    }

    @Override
    public WriteStep symbol(WriteNode.Symbol node) {
        SymbolNumbers numbers = node.numbers();
        return (value, out) -> {
            int number = value == null ? SymbolNumbers.NONE : numbers.numberOf(value);
            if (number == SymbolNumbers.NONE) {
                throw refused(node.schema(), value);
            }
            out.writeLong(number);
        };
    }

    private static Misfit refused(Schema schema, @Nullable Object value) {
        return value instanceof Enum<?> || value instanceof GenericEnumSymbol<?>
                ? new Misfit("expected " + TypeNames.of(schema) + " with one of " + schema.getEnumSymbols()
                        + ", found '" + value + "'")
                : Found.instead(schema, value);
    }

    @Override
    public WriteStep array(WriteNode.Array node) {
        return new ArrayWriting(node.schema(), node.items().accept(this));
    }

    @Override
    public WriteStep entries(WriteNode.Entries node) {
        return new MapWriting(node.schema(), node.values().accept(this));
    }

    @Override
    public WriteStep record(WriteNode.Record node) {
        RecordWriting known = records.get(node);
        if (known != null) {
            return known;
        }
        RecordWriting writing = RecordWriting.of(node);
        records.put(node, writing); // Before its fields, which may be of the same type.
        writing.set(node.fields().stream()
                .map(field -> new RecordWriting.Field(field, field.node().accept(this)))
                .toList());
        return writing;
    }

    @Override
    public WriteStep union(WriteNode.Union node) {
        WriteStep[] branches =
                node.branches().stream().map(branch -> branch.accept(this)).toArray(WriteStep[]::new);
        BranchChoice choice = node.choice();
        return (value, out) -> {
            int branch = choice.branchOf(value);
            if (branch == BranchChoice.NONE) {
                throw Found.instead(node.schema(), value);
            }
            out.writeLong(branch);
            branches[branch].write(value, out);
        };
    }

    @Override
    public WriteStep converted(WriteNode.Converted node) {
        WriteStep raw = node.raw().accept(this);
        return (value, out) -> raw.write(rawOf(node.converter(), value), out);
    }

    private static @Nullable Object rawOf(Converter converter, @Nullable Object value) {
        try {
            return converter.toAvro(value);
        } catch (ClassCastException e) {
            throw new Misfit("expected " + converter.expected() + ", found " + Found.name(value), e);
        } catch (RuntimeException e) {
            throw refused(converter.expected(), value, e);
        }
    }

    private static Misfit refused(String expected, @Nullable Object value, RuntimeException cause) {
        return new Misfit("expected " + expected + ", found " + Found.name(value) + ": " + cause.getMessage(), cause);
    }

    @Override
    public WriteStep logical(WriteNode.Logical node) {
        WriteStep raw = node.raw().accept(this);
        Schema schema = node.schema();
        LogicalType logicalType = schema.getLogicalType();
        return (value, out) -> {
            Conversion<?> conversion =
                    value == null ? null : node.model().getConversionByClass(value.getClass(), logicalType);
            raw.write(conversion == null ? value : rawOf(schema, value, conversion), out);
        };
    }

    private static @Nullable Object rawOf(Schema schema, @Nullable Object value, Conversion<?> conversion) {
        try {
            return Conversions.convertToRawType(value, schema, schema.getLogicalType(), conversion);
        } catch (RuntimeException e) {
            throw refused(TypeNames.of(schema), value, e);
        }
    }
}
