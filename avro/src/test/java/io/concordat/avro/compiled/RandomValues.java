package io.concordat.avro.compiled;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** General-purpose values of schemas, the limits of their types among them. */
final class RandomValues {
    private static final int MAX_DEPTH = 6;
    private static final String[] TEXTS = {"", "a", "text", "größer", "日本", "😀", "x".repeat(70), "y".repeat(9000)};

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    @Nullable
    Object of(Schema schema) {
        return of(schema, 0);
    }

    private @Nullable Object of(Schema schema, int depth) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT -> (int) number();
            case LONG -> number();
            case FLOAT -> random.nextInt(9) == 0 ? Float.NaN : (float) random.nextGaussian();
            case DOUBLE -> random.nextInt(9) == 0 ? Double.NEGATIVE_INFINITY : random.nextGaussian();
            case STRING -> text();
            case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(12)));
            case FIXED -> new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
            case ENUM ->
                new GenericData.EnumSymbol(
                        schema,
                        schema.getEnumSymbols()
                                .get(random.nextInt(schema.getEnumSymbols().size())));
            case ARRAY -> array(schema, depth);
            case MAP -> map(schema, depth);
            case UNION -> ofBranch(schema, depth);
            case RECORD -> record(schema, depth);
        };
    }

    private Object text() {
        String text = TEXTS[random.nextInt(random.nextInt(20) == 0 ? TEXTS.length : TEXTS.length - 1)];
        return random.nextInt(3) == 0 ? text : new Utf8(text);
    }

    private long number() {
        return random.nextLong() >> random.nextInt(64);
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private Object array(Schema schema, int depth) {
        int size = depth > MAX_DEPTH ? 0 : random.nextInt(4);
        GenericData.Array<@Nullable Object> array = new GenericData.Array<>(size, schema);
        for (int i = 0; i < size; i++) {
            array.add(of(schema.getElementType(), depth + 1));
        }
        return array;
    }

    private Object map(Schema schema, int depth) {
        Map<Object, @Nullable Object> map = new HashMap<>();
        for (int i = depth > MAX_DEPTH ? 0 : random.nextInt(3); i > 0; i--) {
            map.put(new Utf8("key" + i), of(schema.getValueType(), depth + 1));
        }
        return map;
    }

    private @Nullable Object ofBranch(Schema union, int depth) {
        Integer nothing = union.getIndexNamed("null");
        int branch = depth > MAX_DEPTH && nothing != null
                ? nothing
                : random.nextInt(union.getTypes().size());
        return of(union.getTypes().get(branch), depth + 1);
    }

    private Object record(Schema schema, int depth) {
        GenericData.Record record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), of(field.schema(), depth + 1));
        }
        return record;
    }
}
