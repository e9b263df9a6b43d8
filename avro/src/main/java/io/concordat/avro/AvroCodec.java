package io.concordat.avro;

import io.concordat.api.SchemaType;
import io.concordat.api.format.CodecSettings;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.RecordCodec;
import io.concordat.avro.classes.JavaClass;
import io.concordat.avro.classes.LogicalTypeConversions;
import io.concordat.avro.plan.GeneratedClasses;
import io.concordat.avro.plan.Limits;
import io.concordat.avro.plan.ReadPlan;
import io.concordat.avro.plan.ReadPlanner;
import io.concordat.avro.plan.Shape;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.util.WeakIdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Avro, as far as serializers need it: Avro's binary encoding, where a schema that is {@code bytes} at the top stands
 * for the bytes themselves, without a length.
 *
 * <p>Values are generic and specific records and whatever else carries its schema, the boxed primitives, text, byte
 * arrays and buffers, maps, whose first value decides on the type of all, and plain Java: records, enums and JavaBeans, whose
 * schemas are derived from their classes as {@code docs/java-types.md} tells. Nothing a schema says makes this codec load a
 * class, except generated ones where {@link RecordCodec.Target#specific()} asks for them.
 */
public final class AvroCodec implements RecordCodec {
    private static final int MAX_FIXED_SIZE = 1 << 20;

    /** Plain objects have conversions of their own. */
    private static final GenericData WITHOUT_CONVERSIONS = new GenericData();

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

    private final AvroSettings settings;
    private final GenericData model;

    /** With the default settings. */
    public AvroCodec() {
        this(AvroSettings.DEFAULT);
    }

    /** @param compileAfter how many records are read or written before there is compiled code for them */
    AvroCodec(int compileAfter) {
        this(AvroSettings.DEFAULT.withEffort(new Effort(Limits.DEFAULT, compileAfter)));
    }

    private AvroCodec(AvroSettings settings) {
        this.settings = settings;
        this.model = settings.converters() ? LogicalTypeConversions.model() : GenericData.get();
    }

    @Override
    public SchemaType type() {
        return SchemaType.AVRO;
    }

    @Override
    public Set<String> settingNames() {
        return AvroSettings.NAMES;
    }

    @Override
    public AvroCodec configured(CodecSettings newSettings) {
        return new AvroCodec(AvroSettings.of(newSettings, settings.effort()));
    }

    /** This codec, but what it reads becomes objects of a class, and what it writes has that class's schema. */
    public AvroCodec of(Class<?> type) {
        return new AvroCodec(settings.withType(Objects.requireNonNull(type, "type")));
    }

    @Override
    public @Nullable Object schemaKey(Object value) {
        return schemaOfValue(value);
    }

    /** Containers carry their schema with them, and that of a map depends on what is in it. */
    @Override
    public boolean isKeyedByClass(Object value) {
        return !(value instanceof GenericContainer) && !(value instanceof Map);
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
        return value instanceof Number || value instanceof Boolean || value == null
                ? schemaOfPrimitive(value)
                : schemaOfObject(value);
    }

    private @Nullable Schema schemaOfObject(Object value) {
        JavaClass known = classOf(value.getClass());
        return known == null ? null : known.schema();
    }

    /** The class that decides how an object is written; null if nothing is known about objects of that class. */
    private @Nullable JavaClass classOf(Class<?> type) {
        if (GenericContainer.class.isAssignableFrom(type)) {
            return null;
        }
        Class<?> declared = settings.type();
        if (declared != null && declared.isAssignableFrom(type)) {
            return settings.javaClass(declared);
        }
        return settings.reflection() ? settings.javaClass(type) : JavaClass.find(type);
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
        Schema schema = (Schema) schemaKey;
        return settings.withoutJavaProperties() ? AvroSchema.withoutJavaProperties(schema) : AvroSchema.of(schema);
    }

    @Override
    public Writer writer(ParsedSchema schema) {
        return new AvroWriter(avro(schema), model, this::classOf, settings.effort());
    }

    @Override
    public Reader reader(ParsedSchema writer, Target target) {
        Schema written = avro(writer);
        Schema wanted = target.readerSchema() == null ? null : avro(target.readerSchema());
        Effort effort = settings.effort();
        ReadPlan plan = planOf(written, wanted, target).withLimits(effort.limits());
        return new AvroReader(settings.exact() ? plan.exact() : plan, effort.compileAfter());
    }

    private ReadPlan planOf(Schema written, @Nullable Schema wanted, Target target) {
        Class<?> type = settings.type();
        if (type != null && !GenericContainer.class.isAssignableFrom(type)) {
            JavaClass into = settings.javaClass(type);
            Schema reader = wanted == null ? into.schema() : wanted;
            requireBoundedFixed(reader);
            return ReadPlanner.plan(written, reader, into.shape(reader), WITHOUT_CONVERSIONS, null);
        }
        GeneratedClasses classes = classes(type, target);
        Schema reader = wanted != null ? wanted : ownVersion(written, type, classes);
        requireBoundedFixed(reader);
        GenericData conversions = reader.getType() == Schema.Type.STRING ? GenericData.get() : model;
        return ReadPlanner.plan(written, reader, Shape.AVRO, conversions, classes);
    }

    private @Nullable GeneratedClasses classes(@Nullable Class<?> type, Target target) {
        if (type != null) {
            return new GeneratedClasses(type.getClassLoader());
        }
        ClassLoader loader = target.specific() ? target.classLoader() : settings.generated();
        return loader == null ? null : new GeneratedClasses(loader);
    }

    private static Schema ownVersion(Schema written, @Nullable Class<?> type, @Nullable GeneratedClasses classes) {
        if (type != null) {
            return SpecificData.get().getSchema(type);
        }
        return classes == null ? written : classes.ownVersion(written);
    }

    /** Avro fills up the default of a fixed type, whatever its size. */
    private static void requireBoundedFixed(Schema reader) {
        for (Schema type : SchemaGraph.types(reader)) {
            if (type.getType() == Schema.Type.FIXED && type.getFixedSize() > MAX_FIXED_SIZE) {
                throw new InvalidSchemaException("Values of fixed type '" + type.getFullName() + "' cannot be read: "
                        + type.getFixedSize() + " bytes are more than " + MAX_FIXED_SIZE);
            }
        }
    }

    private static Schema avro(ParsedSchema schema) {
        if (schema instanceof AvroSchema avro) {
            return avro.schema();
        }
        throw new IllegalArgumentException(
                "A schema of type " + schema.content().type() + " was given to the Avro codec");
    }
}
