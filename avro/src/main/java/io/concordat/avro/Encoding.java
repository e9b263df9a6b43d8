package io.concordat.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.api.format.RecordBuffer;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Conversion;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** One value being written in Avro's binary encoding. */
final class Encoding {
    /** Deeper values are refused: they may well contain themselves. */
    static final int MAX_DEPTH = RecordInput.MAX_DEPTH;

    private static final int MAX_PRINTED = 100;

    private final RecordBuffer out;
    private GenericData model;
    private int depth;

    /**
     * @param model decides how values of logical types and the branches of unions are told apart, until a generated
     *     class brings its own
     */
    Encoding(RecordBuffer out, GenericData model) {
        this.out = out;
        this.model = model;
    }

    void write(Schema schema, @Nullable Object value) {
        LogicalType logicalType = schema.getLogicalType();
        if (logicalType == null || value == null) {
            writeRaw(schema, value);
        } else {
            writeRaw(schema, raw(schema, value, model.getConversionByClass(value.getClass(), logicalType)));
        }
    }

    private static Object raw(Schema schema, Object value, @Nullable Conversion<?> conversion) {
        if (conversion == null) {
            return value;
        }
        try {
            return Conversions.convertToRawType(value, schema, schema.getLogicalType(), conversion);
        } catch (RuntimeException e) {
            throw new Misfit(print(value) + " cannot be written as " + describe(schema) + ": " + e.getMessage(), e);
        }
    }

    private void writeRaw(Schema schema, @Nullable Object value) {
        if (value == null) {
            writeNull(schema);
            return;
        }
        switch (schema.getType()) {
            case RECORD -> writeRecord(schema, value);
            case UNION -> writeUnion(schema, value);
            case ARRAY -> writeArray(schema, value);
            case MAP -> writeMap(schema, value);
            case ENUM -> writeEnum(schema, value);
            case FIXED -> writeFixed(schema, value);
            case STRING -> writeString(schema, value);
            case BYTES -> writeBytes(schema, value);
            case INT -> writeLong(intValue(schema, value));
            case LONG -> writeLong(longValue(schema, value));
            case FLOAT -> writeFloat(number(schema, value).floatValue());
            case DOUBLE -> writeDouble(number(schema, value).doubleValue());
            case BOOLEAN -> out.write(booleanValue(schema, value) ? 1 : 0);
            case NULL -> throw misfit(schema, value);
        }
    }

    private void writeNull(Schema schema) {
        if (schema.getType() == Schema.Type.UNION) {
            writeUnion(schema, null);
        } else if (schema.getType() != Schema.Type.NULL) {
            throw misfit(schema, null);
        }
    }

    private void writeUnion(Schema schema, @Nullable Object value) {
        Object told = value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
        int branch = branch(schema, told);
        writeLong(branch);
        write(schema.getTypes().get(branch), told);
    }

    private int branch(Schema union, @Nullable Object value) {
        try {
            return model.resolveUnion(union, value);
        } catch (AvroRuntimeException e) {
            throw misfit(union, value);
        }
    }

    private void writeRecord(Schema schema, Object value) {
        if (!(value instanceof IndexedRecord record)) {
            throw misfit(schema, value);
        }
        enter();
        GenericData outer = model;
        if (value instanceof SpecificRecordBase specific) {
            model = specific.getSpecificData();
        }
        boolean byPosition = isOf(schema, record);
        for (Schema.Field field : schema.getFields()) {
            try {
                Schema.Field own = byPosition ? field : ownField(field, record.getSchema());
                if (own == null) {
                    writeDefault(field);
                } else {
                    writeField(field.schema(), record, own.pos());
                }
            } catch (Misfit e) {
                throw e.inField(field.name());
            }
        }
        model = outer;
        depth--;
    }

    @SuppressWarnings("ReferenceEquality") // Equality would cost more than names do.
    private static boolean isOf(Schema schema, IndexedRecord record) {
        return record.getSchema() == schema;
    }

    /** A record of another version of the schema is written by the names of its fields. */
    private static Schema.@Nullable Field ownField(Schema.Field field, Schema own) {
        Schema.Field found = own.getField(field.name());
        if (found == null) {
            for (String alias : field.aliases()) {
                found = found == null ? own.getField(alias) : found;
            }
        }
        return found;
    }

    private void writeField(Schema schema, IndexedRecord record, int position) {
        Object value = record.get(position);
        if (!(record instanceof SpecificRecordBase specific)) {
            write(schema, value);
        } else if (value == null || schema.getLogicalType() == null) {
            writeRaw(schema, value);
        } else {
            writeRaw(schema, raw(schema, value, specific.getConversion(position)));
        }
    }

    private void writeDefault(Schema.Field field) {
        if (!field.hasDefaultValue()) {
            throw new Misfit("the record's own schema has no such field, and the field has no default");
        }
        GenericData outer = model;
        model = GenericData.get();
        write(field.schema(), model.getDefaultValue(field));
        model = outer;
    }

    private void writeArray(Schema schema, Object value) {
        if (!(value instanceof Collection<?> items)) {
            throw misfit(schema, value);
        }
        enter();
        int size = items.size();
        if (size > 0) {
            writeLong(size);
        }
        int index = 0;
        for (Object item : items) {
            try {
                write(schema.getElementType(), item);
            } catch (Misfit e) {
                throw e.inElement(index);
            }
            index++;
        }
        requireUnchanged(size, index);
        writeLong(0);
        depth--;
    }

    private void writeMap(Schema schema, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw misfit(schema, value);
        }
        enter();
        int size = map.size();
        if (size > 0) {
            writeLong(size);
        }
        int written = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getKey() == null) {
                throw new Misfit("a map with a null key cannot be written");
            }
            writeText(entry.getKey().toString());
            try {
                write(schema.getValueType(), entry.getValue());
            } catch (Misfit e) {
                throw e.inElement(print(entry.getKey()));
            }
            written++;
        }
        requireUnchanged(size, written);
        writeLong(0);
        depth--;
    }

    private static void requireUnchanged(int size, int written) {
        if (size != written) {
            throw new Misfit(
                    "its size was " + size + " at first and " + written + " in the end: it was changed meanwhile");
        }
    }

    private void enter() {
        depth++;
        if (depth > MAX_DEPTH) {
            throw new Misfit("the value nests more than " + MAX_DEPTH + " levels deep");
        }
    }

    private void writeEnum(Schema schema, Object value) {
        if (!(value instanceof GenericEnumSymbol<?>) && !(value instanceof Enum<?>)) {
            throw misfit(schema, value);
        }
        String symbol = value instanceof Enum<?> constant ? constant.name() : value.toString();
        if (!schema.hasEnumSymbol(symbol) && symbol.endsWith("$")) {
            // A symbol that is a word of Java has a dollar in generated code.
            symbol = symbol.substring(0, symbol.length() - 1);
        }
        if (!schema.hasEnumSymbol(symbol)) {
            throw misfit(schema, value);
        }
        writeLong(schema.getEnumOrdinal(symbol));
    }

    private void writeFixed(Schema schema, Object value) {
        if (!(value instanceof GenericFixed fixed)) {
            throw misfit(schema, value);
        }
        byte[] bytes = fixed.bytes();
        if (bytes.length != schema.getFixedSize()) {
            throw new Misfit(bytes.length + " bytes are no " + describe(schema) + " of " + schema.getFixedSize());
        }
        out.write(bytes, 0, bytes.length);
    }

    private void writeString(Schema schema, Object value) {
        if (value instanceof Utf8 text) {
            writeLong(text.getByteLength());
            out.write(text.getBytes(), 0, text.getByteLength());
        } else if (value instanceof CharSequence) {
            writeText(value.toString());
        } else {
            throw misfit(schema, value);
        }
    }

    private void writeText(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        writeLong(bytes.length);
        out.write(bytes, 0, bytes.length);
    }

    private void writeBytes(Schema schema, Object value) {
        if (value instanceof ByteBuffer buffer) {
            writeLong(buffer.remaining());
            writeRemaining(buffer, out);
        } else if (value instanceof byte[] bytes) {
            writeLong(bytes.length);
            out.write(bytes, 0, bytes.length);
        } else {
            throw misfit(schema, value);
        }
    }

    /** Writes what lies between position and limit, and leaves both where they are. */
    static void writeRemaining(ByteBuffer buffer, RecordBuffer out) {
        if (buffer.hasArray()) {
            out.write(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
        } else {
            byte[] copy = new byte[buffer.remaining()];
            buffer.get(buffer.position(), copy);
            out.write(copy, 0, copy.length);
        }
    }

    private static int intValue(Schema schema, Object value) {
        long number = longValue(schema, value);
        if ((int) number != number) {
            throw misfit(schema, value);
        }
        return (int) number;
    }

    private static long longValue(Schema schema, Object value) {
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        throw misfit(schema, value);
    }

    private static Number number(Schema schema, Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw misfit(schema, value);
    }

    private static boolean booleanValue(Schema schema, Object value) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        throw misfit(schema, value);
    }

    private void writeFloat(float value) {
        writeLittleEndian(Float.floatToRawIntBits(value), Float.BYTES);
    }

    private void writeDouble(double value) {
        writeLittleEndian(Double.doubleToRawLongBits(value), Double.BYTES);
    }

    private void writeLittleEndian(long bits, int bytes) {
        long rest = bits;
        for (int i = 0; i < bytes; i++) {
            out.write((int) rest);
            rest >>>= Byte.SIZE;
        }
    }

    private void writeLong(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    static Misfit misfit(Schema schema, @Nullable Object value) {
        return new Misfit(
                value == null
                        ? "is null where the schema has " + describe(schema)
                        : print(value) + " (" + value.getClass().getName() + ") does not fit the schema's "
                                + describe(schema));
    }

    private static String print(Object value) {
        if (value instanceof IndexedRecord record) {
            return "a record " + record.getSchema().getFullName();
        }
        String text = value instanceof Collection || value instanceof Map ? "a collection" : value.toString();
        return text.length() > MAX_PRINTED ? text.substring(0, MAX_PRINTED) + "..." : text;
    }

    private static String describe(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> schema.getType().getName() + " " + schema.getFullName();
            case UNION ->
                "union of "
                        + schema.getTypes().stream().map(Schema::getFullName).toList();
            default -> schema.getType().getName();
        };
    }
}
