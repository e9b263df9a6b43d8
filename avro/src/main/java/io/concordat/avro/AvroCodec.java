package io.concordat.avro;

import io.concordat.api.SchemaType;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.RecordCodec;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.util.WeakIdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Avro, as far as serializers need it: Avro's binary encoding, where a schema that is {@code bytes} at the top stands
 * for the bytes themselves, without a length.
 *
 * <p>Values are generic and specific records and whatever else carries its schema, the boxed primitives, text, byte
 * arrays and buffers, and maps, whose first value decides on the type of all. Nothing a schema says makes this codec load a
 * class, except generated ones where {@link RecordCodec.Target#specific()} asks for them.
 */
public final class AvroCodec implements RecordCodec {
    private static final Schema NULL = Schema.create(Schema.Type.NULL);
    private static final Schema BOOLEAN = Schema.create(Schema.Type.BOOLEAN);
    private static final Schema INT = Schema.create(Schema.Type.INT);
    private static final Schema LONG = Schema.create(Schema.Type.LONG);
    private static final Schema FLOAT = Schema.create(Schema.Type.FLOAT);
    private static final Schema DOUBLE = Schema.create(Schema.Type.DOUBLE);
    private static final Schema STRING = Schema.create(Schema.Type.STRING);
    private static final Schema BYTES = Schema.create(Schema.Type.BYTES);

    /** The maps of values of a schema: weak on both sides, because a map's schema holds on to its values'. */
    private final Map<Schema, WeakReference<Schema>> mapsOf = Collections.synchronizedMap(new WeakIdentityHashMap<>());

    @Override
    public SchemaType type() {
        return SchemaType.AVRO;
    }

    @Override
    public @Nullable Object schemaKey(Object value) {
        return schemaOfValue(value);
    }

    @Override
    public boolean carriesSchema(Object value) {
        return value instanceof GenericContainer;
    }

    private @Nullable Schema schemaOfValue(@Nullable Object value) {
        if (value instanceof GenericContainer container) {
            return container.getSchema();
        }
        if (value instanceof CharSequence) {
            return STRING;
        }
        if (value instanceof Map<?, ?> map) {
            return schemaOfMap(map);
        }
        if (value instanceof byte[] || value instanceof ByteBuffer) {
            return BYTES;
        }
        return schemaOfPrimitive(value);
    }

    private static @Nullable Schema schemaOfPrimitive(@Nullable Object value) {
        if (value instanceof Integer) {
            return INT;
        }
        if (value instanceof Long) {
            return LONG;
        }
        if (value instanceof Boolean) {
            return BOOLEAN;
        }
        if (value instanceof Double) {
            return DOUBLE;
        }
        if (value instanceof Float) {
            return FLOAT;
        }
        return value == null ? NULL : null;
    }

    private @Nullable Schema schemaOfMap(Map<?, ?> map) {
        Iterator<?> values = map.values().iterator();
        Schema ofValues = values.hasNext() ? schemaOfValue(values.next()) : NULL;
        if (ofValues == null) {
            return null;
        }
        WeakReference<Schema> known = mapsOf.get(ofValues);
        Schema schema = known == null ? null : known.get();
        if (schema == null) {
            schema = Schema.createMap(ofValues);
            mapsOf.put(ofValues, new WeakReference<>(schema));
        }
        return schema;
    }

    @Override
    public AvroSchema schemaOf(Object schemaKey) {
        return AvroSchema.of((Schema) schemaKey);
    }

    @Override
    public Writer writer(ParsedSchema schema) {
        return new ValueWriter(avro(schema));
    }

    @Override
    public Reader reader(ParsedSchema writer, Target target) {
        ParsedSchema readerSchema = target.readerSchema();
        return ReadPlan.of(
                avro(writer),
                readerSchema == null ? null : avro(readerSchema),
                target.specific() ? new GeneratedClasses(target.classLoader()) : null);
    }

    private static Schema avro(ParsedSchema schema) {
        if (schema instanceof AvroSchema avro) {
            return avro.schema();
        }
        throw new IllegalArgumentException(
                "A schema of type " + schema.content().type() + " was given to the Avro codec");
    }
}
